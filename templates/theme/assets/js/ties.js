/* In a picture of who is tied to whom, the name under the pointer or in focus shows its lines and where they lead.
   Without this script all lines look alike. */
(function () {
  "use strict";
  document.querySelectorAll(".tied").forEach(function (tied) {
    var lines = Array.from(tied.querySelectorAll("path")), names = Array.from(tied.querySelectorAll("[data-name]"));
    var show = function (chosen) {
      var reached = [];
      lines.forEach(function (line) {
        var ends = line.dataset.ends.split(" "), isChosen = chosen.every(function (name) { return ends.includes(name); });
        line.classList.toggle("on", chosen.length > 0 && isChosen);
        if (chosen.length && isChosen) reached = reached.concat(ends);
      });
      names.forEach(function (name) { name.classList.toggle("on", reached.includes(name.dataset.name)); });
      tied.classList.toggle("asked", chosen.length > 0);
    };
    var watch = function (element, chosen) {
      ["pointerenter", "focus"].forEach(function (event) { element.addEventListener(event, function () { show(chosen); }); });
      ["pointerleave", "blur"].forEach(function (event) { element.addEventListener(event, function () { show([]); }); });
    };
    names.forEach(function (name) { watch(name, [name.dataset.name]); });
    lines.forEach(function (line) { watch(line, line.dataset.ends.split(" ")); });
  });
})();
