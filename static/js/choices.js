/* A long list of checkboxes gets one more in front, which marks them all. */
(() => {
  "use strict";

  document.querySelectorAll("div.choices-many").forEach((list) => {
    const all = document.createElement("input");
    all.type = "checkbox";
    const label = document.createElement("label");
    label.className = "mark-all";
    label.append(all, "Chọn tất cả");
    list.before(label);

    const boxes = [...list.querySelectorAll("input[type=checkbox]")];
    const tell = () => {
      const marked = boxes.filter((box) => box.checked).length;
      all.checked = marked === boxes.length;
      all.indeterminate = marked > 0 && !all.checked;
    };
    all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
    list.addEventListener("change", tell);
    tell();
  });
})();
