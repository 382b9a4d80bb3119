import"./chunks/chunk-H3N44OVV.js";
