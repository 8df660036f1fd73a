"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { QuestionView } from "../data/types";
import { Button } from "../design/button";
import { inputClass } from "../design/field";
import { useLab, useLabSession } from "./lab-context";
import { OrderChoice } from "./order-choice";

export function Questions({ questions }: { questions: QuestionView[] }) {
  const t = useTranslations("questions");
  if (questions.length === 0) return null;
  return (
    <section className="flex flex-col gap-3">
      <h2 className="font-semibold text-sm">{t("title")}</h2>
      {questions.map((question) => (
        <QuestionForm key={question.id} question={question} />
      ))}
    </section>
  );
}

function QuestionForm({ question }: { question: QuestionView }) {
  const t = useTranslations("questions");
  const session = useLabSession();
  const given = useLab((view) => view.answers[question.id]);
  const [value, setValue] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(false);
  const saved = given === undefined ? [] : Array.isArray(given) ? given : [given];
  const savedText = saved.join("\n");
  // An order begins as the options stand.
  const start = question.type === "order" && saved.length === 0 ? question.options.map((option) => option.id) : saved;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the server holds is taken over when it changes.
  useEffect(() => setValue(start), [savedText]);

  const single = question.type === "single" || question.type === "short";
  const unchanged = value.join("\n") === savedText;
  const submit = async () => {
    const chosen = value.filter((one) => one.trim() !== "");
    if (chosen.length === 0) {
      setError(true);
      return;
    }
    setBusy(true);
    await session.answer(question.id, single ? chosen[0]! : question.type === "order" ? chosen : [...chosen].sort());
    setBusy(false);
  };
  return (
    <form
      data-testid={`question-${question.id}`}
      className="rounded-lg border border-line bg-page p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <fieldset disabled={session.readOnly} className="flex flex-col gap-1.5">
        <legend className="mb-2 font-medium text-sm">{question.text}</legend>
        {question.type === "short" ? (
          <input
            aria-label={question.text}
            value={value[0] ?? ""}
            onChange={(event) => {
              setError(false);
              setValue([event.target.value]);
            }}
            className={clsx(inputClass, "h-9")}
          />
        ) : question.type === "order" ? (
          <OrderChoice question={question} value={value} onChange={setValue} />
        ) : (
          question.options.map((option) => (
            <label
              key={option.id}
              className={clsx(
                "flex cursor-pointer items-start gap-2.5 rounded-md border bg-surface px-2.5 py-1.5 text-sm hover:bg-hover",
                value.includes(option.id) ? "border-accent!" : "border-line",
              )}
            >
              <input
                type={single ? "radio" : "checkbox"}
                name={question.id}
                className="mt-1 accent-accent"
                checked={value.includes(option.id)}
                onChange={() => {
                  setError(false);
                  if (single) setValue([option.id]);
                  else
                    setValue(
                      value.includes(option.id) ? value.filter((one) => one !== option.id) : [...value, option.id],
                    );
                }}
              />
              {option.text}
            </label>
          ))
        )}
        {error ? (
          <p role="alert" className="text-failing-text text-sm">
            {t("required")}
          </p>
        ) : null}
        <div className="mt-1 flex items-center gap-2">
          <Button type="submit" size="sm" busy={busy} disabled={unchanged && saved.length > 0}>
            {saved.length > 0 && unchanged ? t("given") : t("answer")}
          </Button>
        </div>
      </fieldset>
    </form>
  );
}
