var t="en",e={};export{t as language,e as texts};
