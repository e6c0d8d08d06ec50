annals.search.index({"records":37,"kinds":["Incident","Source","Actor","Place","Page"],"terms":[["1","8c81245717"]],"texts":[[0,"c67bccf0ac"],[8,"77d10ec3f8"],[35,"1e1488a2d5"]]});
