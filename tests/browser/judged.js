// What axe finds wrong with the page, by a list of its rules. The rule of contrast, which takes nearly all of
// the time, is held against three elements of each look and not against hundreds that look the same.
async rules => {
  const numbers = new Map();
  const number = words => {
    const key = words.join("|");
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key);
  };
  // All that decides on contrast: what stands behind an element, as it was worked out for each of its ancestors.
  const grounds = new Map();
  const ground = element => {
    if (!element) return -1;
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity, mixBlendMode, position } = getComputedStyle(element);
      const own = [element.tagName, element.getAttribute("class"), backgroundColor, backgroundImage, opacity];
      grounds.set(element, number([ground(element.parentElement), ...own, mixBlendMode, position]));
    }
    return grounds.get(element);
  };
  const ink = element => {
    const style = getComputedStyle(element);
    const colours = [style.color, style.webkitTextFillColor, style.webkitTextStroke, style.textShadow];
    return [...colours, style.fontSize, style.fontWeight];
  };
  const looks = new Map();
  for (const element of document.querySelectorAll("[data-look]")) element.removeAttribute("data-look");
  for (const element of document.body.querySelectorAll("*")) {
    // What is inside of a component, such as the editor, is judged as a whole.
    if (element.shadowRoot) element.dataset.look = "inside";
    const text = [...element.childNodes].map(n => (n.nodeType === Node.TEXT_NODE ? n.data : "")).join("").trim();
    if (!text && !element.matches("input, select, textarea")) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    // axe does not judge a single character.
    const look = number([ground(element), ...ink(element), text.length === 1]);
    if (!looks.has(look)) looks.set(look, []);
    looks.get(look).push(element);
  }
  for (const same of looks.values()) {
    for (const element of [same[0], same[same.length >> 1], same.at(-1)]) element.dataset.look = "one";
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-look=one], [data-look=inside] *" }] });
  return (await axe.run({ runOnly: rules, resultTypes: ["violations"] })).violations;
}
