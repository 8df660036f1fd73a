"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import clsx from "clsx";
import { MessageSquare, Send, Snowflake, Trophy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ask } from "../data/socket";
import { useTRPC } from "../data/trpc";
import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { Field } from "../design/field";
import { notify } from "../design/toast";

const complain = (cause: unknown) =>
  notify({ kind: "warning", text: cause instanceof Error ? cause.message : String(cause) });

/** What is done to the whole room at once: a word to all, and everybody's hands off the keys. */
export function RoomActions({ classId, frozen: known }: { classId: string; frozen: boolean }) {
  const t = useTranslations("room");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [frozen, setFrozen] = useState(known);
  useEffect(() => setFrozen(known), [known]);
  const freeze = () =>
    ask("class:freeze", { classId, frozen: !frozen }).then((state) => {
      setFrozen(state.frozen);
      void queries.invalidateQueries({ queryKey: trpc.classes.get.queryKey() });
    }, complain);
  return (
    <>
      <span className="max-sm:hidden">
        <MessageButton classId={classId} label={t("messageAll")} />
      </span>
      <Button
        size="sm"
        aria-pressed={frozen}
        aria-label={frozen ? t("unfreeze") : t("freeze")}
        className={clsx(frozen && "border-pending! bg-pending-soft! text-pending-text!")}
        onClick={() => void freeze()}
        data-testid="freeze-input"
      >
        <Snowflake className="size-4" aria-hidden />
        <span className="max-lg:hidden">{frozen ? t("unfreeze") : t("freeze")}</span>
      </Button>
    </>
  );
}

/** Nothing newer is seen on the board until it is thawed: who wins stays open to the end. */
export function FreezeBoard({ classId, frozen }: { classId: string; frozen: boolean }) {
  const t = useTranslations("room");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.classes.settings.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.classes.get.queryKey() }),
      onError: complain,
    }),
  );
  const label = frozen ? t("unfreezeBoard") : t("freezeBoard");
  return (
    <Button
      size="sm"
      aria-pressed={frozen}
      aria-label={label}
      title={label}
      busy={isPending}
      className={clsx(frozen && "border-pending! bg-pending-soft! text-pending-text!")}
      onClick={() => mutate({ classId, frozen: !frozen })}
      data-testid="freeze-board"
    >
      <Trophy className="size-4" aria-hidden />
      <Snowflake className="size-3" aria-hidden />
    </Button>
  );
}

/** A word to one learner or, without `userId`, to all: it appears on their page at once. */
export function MessageButton({ classId, userId, label }: { classId: string; userId?: string; label: string }) {
  const t = useTranslations("room");
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (!text.trim()) return;
    setBusy(true);
    try {
      const { told } = await ask("class:message", { classId, text: text.trim(), ...(userId && { userId }) });
      notify({ kind: "success", text: t("messageSent", { told }) });
      setText("");
      setOpen(false);
    } catch (cause) {
      complain(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        size="sm"
        onClick={() => setOpen(true)}
        aria-label={label}
        data-testid={userId ? "message-one" : "message-all"}
      >
        <MessageSquare className="size-4" aria-hidden />
        <span className="max-lg:hidden">{label}</span>
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={label}>
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <Field
            label={t("messageText")}
            value={text}
            maxLength={500}
            autoFocus
            data-testid="message-text"
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="submit" variant="primary" busy={busy} disabled={!text.trim()} data-testid="message-send">
            <Send className="size-4" aria-hidden />
            {t("send")}
          </Button>
        </form>
      </Dialog>
    </>
  );
}
