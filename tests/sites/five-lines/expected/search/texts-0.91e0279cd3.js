annals.search.texts(0,[
[0,"Fire at the harbour","incidents/2021-03-05-harbour-fire.html",["5 March 2021"],[],0],
[1,"Harbour burns for a night","sources/daily-news.html",[],[],0]
]);
