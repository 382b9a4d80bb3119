import"./chunks/chunk-37Y5P4RA.js";
