// The SPARQL editor: CodeMirror in a shadow root, where its styles need no leave from the policy.
import {autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap} from "@codemirror/autocomplete";
import {defaultKeymap, history, historyKeymap, indentWithTab} from "@codemirror/commands";
import {bracketMatching, HighlightStyle, syntaxHighlighting} from "@codemirror/language";
import {lintGutter, setDiagnostics} from "@codemirror/lint";
import {EditorState, Prec} from "@codemirror/state";
import {
  drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder,
} from "@codemirror/view";
import {tags} from "@lezer/highlight";
import {sparql} from "codemirror-lang-sparql";
import {completer} from "./_completion.mjs";

const theme = EditorView.theme({
  "&": {color: "var(--ink)", backgroundColor: "var(--shade)", border: "1px solid var(--soft)", borderRadius: "4px"},
  "&.cm-focused": {outline: "3px solid var(--link)", outlineOffset: "2px"},
  ".cm-scroller": {fontFamily: "ui-monospace, monospace", fontSize: ".95rem", lineHeight: "1.45", maxHeight: "32rem"},
  ".cm-content": {minHeight: "12rem", caretColor: "var(--ink)"},
  ".cm-cursor": {borderLeftColor: "var(--ink)"},
  ".cm-gutters": {backgroundColor: "transparent", color: "var(--soft)", borderRight: "1px solid var(--line)"},
  ".cm-activeLine, .cm-activeLineGutter": {backgroundColor: "color-mix(in srgb, var(--link) 7%, transparent)"},
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    {backgroundColor: "color-mix(in srgb, var(--link) 28%, transparent)"},
  ".cm-matchingBracket": {outline: "1px solid var(--link)", backgroundColor: "transparent"},
  ".cm-tooltip": {color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--soft)"},
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {color: "var(--paper)", backgroundColor: "var(--link)"},
  ".cm-completionDetail": {fontStyle: "normal", opacity: ".85"},
  ".cm-diagnostic-error": {borderLeftColor: "light-dark(#b3261e, #ffb4ab)"},
  ".cm-lintRange-error": {backgroundImage: "none", textDecoration: "underline wavy light-dark(#b3261e, #ffb4ab)"},
});

const colours = HighlightStyle.define([
  {tag: tags.keyword, color: "var(--link)", fontWeight: "600"},
  {tag: [tags.string, tags.special(tags.string)], color: "var(--mark)"},
  {tag: [tags.number, tags.bool, tags.literal], color: "var(--mark)"},
  {tag: [tags.variableName, tags.special(tags.variableName)], color: "light-dark(#7a3e00, #ffc48a)"},
  {tag: [tags.comment, tags.lineComment], color: "var(--soft)", fontStyle: "italic"},
  {tag: [tags.url, tags.link, tags.namespace, tags.atom], color: "light-dark(#5b2a86, #d9bdf5)"},
]);

// Chromium, when it replaces coloured text itself, writes style attributes, which the policy refuses.
const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const {from, to, empty} = view.state.selection.main;
    const several = view.state.selection.ranges.length > 1;
    if (event.inputType !== "insertText" || !event.data || event.isComposing || empty || several) return false;
    event.preventDefault();
    const insert = () => view.state.update({
      changes: {from, to, insert: event.data},
      selection: {anchor: from + event.data.length},
      userEvent: "input.type",
      scrollIntoView: true,
    });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some(handler => handler(view, from, to, event.data, insert))) view.dispatch(insert());
    return true;
  },
});

/** Put an editor where the text area is, which keeps the text for the form. */
export function upgrade(area, {label, phrases, run, completions}) {
  const host = document.createElement("div");
  host.className = "editor";
  area.after(host);
  const root = host.attachShadow({mode: "open", delegatesFocus: true});
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        Prec.highest(keymap.of([{key: "Mod-Enter", run: () => (run(), true)}])),
        lineNumbers(), lintGutter(), history(), drawSelection(), bracketMatching(), closeBrackets(),
        highlightActiveLine(), EditorView.lineWrapping, sparql(), syntaxHighlighting(colours), theme, replacing,
        autocompletion({override: [completer(completions)], icons: false}),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
        EditorState.phrases.of(phrases),
        EditorView.contentAttributes.of({"aria-label": label, "aria-describedby": "editor-help", spellcheck: "false"}),
        EditorView.updateListener.of(update => {
          if (update.docChanged) area.value = update.state.doc.toString();
        }),
        placeholder("SELECT * WHERE { … }"),
      ],
    }),
  });
  // Described inside the shadow root, which the rest of the page cannot be referred to from.
  const help = document.getElementById("editor-help");
  if (help) {
    const copy = help.cloneNode(true);
    root.append(copy);
    help.hidden = false;
  }
  area.hidden = true;
  area.required = false; // A browser cannot say at a hidden field what it lacks.
  for (const labelled of document.querySelectorAll(`label[for="${area.id}"]`)) {
    labelled.addEventListener("click", () => view.focus());
  }
  return {
    focus: () => view.focus(),
    text: () => view.state.doc.toString(),
    replace(text) {
      view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: text}});
    },
    /** Mark where the query is wrong (line and column from 1), or nothing. */
    mark(problem) {
      let found = [];
      if (problem?.line) {
        const line = view.state.doc.line(Math.min(problem.line, view.state.doc.lines));
        const from = Math.min(line.from + Math.max(0, (problem.column || 1) - 1), line.to);
        const whole = from === line.to ? line.from : from;
        found = [{from: whole, to: line.to, severity: "error", message: problem.message}];
        view.dispatch({selection: {anchor: from}, effects: EditorView.scrollIntoView(from, {y: "center"})});
      }
      view.dispatch(setDiagnostics(view.state, found));
    },
  };
}
