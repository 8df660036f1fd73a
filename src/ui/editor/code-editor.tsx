"use client";

import { indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { linter, lintGutter } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup, EditorView } from "codemirror";
import { useEffect, useRef } from "react";
import { yamlProblems } from "./yaml-problems";

const LINT_AFTER_MS = 350;

const highlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--pending-text)" },
  { tag: [tags.string, tags.content], color: "var(--ink)" },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: "var(--accent-text)" },
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
  { tag: [tags.meta, tags.labelName], color: "var(--running-text)" },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: "var(--ink-3)" },
]);

/** CodeMirror with YAML's colours and errors. `initial` is taken once per `documentKey`. */
export function CodeEditor({
  documentKey,
  initial,
  language,
  label,
  onChange,
  onSave,
  onCancel,
}: {
  documentKey: string;
  initial: string;
  language: "yaml" | "text";
  label: string;
  onChange: (text: string) => void;
  onSave: () => void;
  onCancel?: () => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef({ onChange, onSave, onCancel });
  latest.current = { onChange, onSave, onCancel };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text only comes with a new document.
  useEffect(() => {
    if (!box.current) return;
    const view = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: initial,
        extensions: [
          Prec.highest(
            keymap.of([
              {
                key: "Mod-s",
                preventDefault: true,
                run: () => {
                  latest.current.onSave();
                  return true;
                },
              },
            ]),
          ),
          basicSetup,
          keymap.of([indentWithTab]),
          syntaxHighlighting(highlight),
          EditorView.contentAttributes.of({ "aria-label": label }),
          EditorState.tabSize.of(2),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
          ...(language === "yaml"
            ? [
                yaml(),
                lintGutter(),
                linter(({ state }) => yamlProblems(state.doc.toString()), { delay: LINT_AFTER_MS }),
              ]
            : []),
        ],
      }),
    });
    view.focus();
    return () => view.destroy();
  }, [documentKey, language]);
  return <div ref={box} className="cm-host h-full min-h-0 overflow-hidden" data-testid="code-editor" />;
}
