"""What ChatSphere takes, measured: a part in a folder, each with scenarios of its own and a document that it writes."""
