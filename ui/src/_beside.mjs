// Where the names of nodes stand in a picture that can be moved: as in the still one (cls_graph/pictures/beside.py).
const SHORT = [150, 80]; // How wide a name is at first, so that it leaves room for others; it grows where there is some.
const EDGE = 2, GAP = 4, NEAR = 2;
const FEW = 8; // The names that matter so much that they may cover nodes where there is no other room.
const SIDES = ["right", "left", "above", "below"];
const CORNERS = ["above-right", "below-right", "above-left", "below-left"];
export const SPOTS = [...SIDES, ...CORNERS];

/**
 * The names that find a place, those that matter most first: by id, what is said and at which spot of its node.
 *
 * `names` are {id, brief, full}; `nodes` the box of each node by id, [left, top, right, bottom]; `wide` says how
 * wide a text is, in letters `high` high. `full` is said where all of it fits, `brief` or its beginning elsewhere.
 * The first `hubs` of them come first. Only the very first may cover nodes.
 */
export function beside(names, nodes, hubs, {width, height, high, wide}) {
  const found = new Map();
  const fitted = (said, room) => {
    if (wide(said) <= room) return said;
    let end = said.length;
    while (end > 1 && wide(said.slice(0, end).trimEnd() + "…") > room) end -= 1;
    return said.slice(0, end).trimEnd() + "…";
  };
  const boxOf = (spot, span, [left, top, right, bottom]) => {
    const x = (left + right) / 2, y = (top + bottom) / 2;
    return {
      right: [right + GAP, y - high / 2, right + GAP + span, y + high / 2],
      left: [left - GAP - span, y - high / 2, left - GAP, y + high / 2],
      above: [x - span / 2, top - GAP / 2 - high, x + span / 2, top - GAP / 2],
      below: [x - span / 2, bottom + GAP / 2, x + span / 2, bottom + GAP / 2 + high],
      "above-right": [right + NEAR, top - high, right + NEAR + span, top],
      "below-right": [right + NEAR, bottom, right + NEAR + span, bottom + high],
      "above-left": [left - NEAR - span, top - high, left - NEAR, top],
      "below-left": [left - NEAR - span, bottom, left - NEAR, bottom + high],
    }[spot];
  };
  const inside = box => box[0] >= EDGE && box[2] <= width - EDGE && box[1] >= EDGE && box[3] <= height - EDGE;
  const covers = (box, others) => others.some(other => meet(box, other));
  const all = [...nodes.values()];
  const bold = new Set(names.slice(0, Math.min(hubs, FEW)));
  for (const part of [names.slice(0, hubs), names.slice(hubs)]) {
    for (const name of part) place(name, bold.has(name));
    for (const name of part) grow(name);
  }
  return found;

  /** Find a place for a name, cut short; where it is bold, it may cover nodes. */
  function place({id, brief}, bold) {
    const taken = [...found.values()].map(one => one.box);
    const shorter = SHORT.map(room => fitted(brief, room));
    const free = [SIDES, CORNERS]
      .flatMap(spots => shorter.flatMap(said => spots.map(spot => ({said, spot}))))
      .map(({said, spot}) => ({said, spot, box: boxOf(spot, wide(said), nodes.get(id))}))
      .filter(one => inside(one.box) && !covers(one.box, taken));
    const one = free.find(one => !covers(one.box, all)) ?? (bold && free[0]);
    if (one) found.set(id, one);
  }

  /** Make a name as long as there is room for, at the spot that has most. */
  function grow({id, brief, full}) {
    const now = found.get(id);
    if (!now || now.said === full) return;
    const taken = [...found].filter(([other]) => other !== id).map(([, one]) => one.box);
    taken.push(...all.filter(box => !meet(box, now.box)));
    const node = nodes.get(id);
    let best = now;
    for (const spot of SIDES) {
      const room = roomAt(boxOf(spot, 0, node), spot, taken);
      const said = wide(full) <= room ? full : fitted(brief, room);
      if (said.length > best.said.length && wide(said) <= room) best = {said, spot, box: boxOf(spot, wide(said), node)};
    }
    found.set(id, best);
  }

  /** How wide a name may be at a spot, which is where a name without letters would stand. */
  function roomAt([x, top, , bottom], spot, taken) {
    if (top < EDGE || bottom > height - EDGE) return 0;
    const around = taken.filter(box => box[1] < bottom && top < box[3]);
    if (spot === "right") return Math.min(width - EDGE, ...around.filter(box => box[2] > x).map(box => box[0])) - x;
    if (spot === "left") return x - Math.max(EDGE, ...around.filter(box => box[0] < x).map(box => box[2]));
    return 2 * Math.min(x - EDGE, width - EDGE - x, ...around.map(box => Math.max(box[0] - x, x - box[2])));
  }
}

function meet(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
