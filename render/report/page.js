"use strict";
// A click on anything that has a time shows that moment in every film on the page.
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-seek]");
  if (!place) return;
  const films = document.querySelectorAll("video");
  for (const film of films) film.currentTime = Number(place.dataset.seek);
  if (films.length) films[0].scrollIntoView({ behavior: "smooth", block: "center" });
});
