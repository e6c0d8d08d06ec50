annals.search.index({"records":26,"kinds":["Incident","Source","Actor","Place","Page"],"terms":[["00","c734b3ae0f"]],"texts":[[0,"4d0f00c4ad"]]});
