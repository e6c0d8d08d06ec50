annals.search.terms(0,"2021 2:0|5 2:0|a 8:1|at 8:0|burns 8:1|fire 8:0|for 8:1|harbour 8:0,1|march 2:0|night 8:1|the 8:0");
