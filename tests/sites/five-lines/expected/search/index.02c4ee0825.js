annals.search.index({"records":2,"kinds":["Incident","Source","Actor","Place","Page"],"terms":[["2021","d17b34baaf"]],"texts":[[0,"91e0279cd3"]]});
