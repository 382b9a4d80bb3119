"""ChatSphere beside the servers one would otherwise take, in one run: ejabberd, and a first version of one's own."""
