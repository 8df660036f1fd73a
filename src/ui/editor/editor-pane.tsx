"use client";

import clsx from "clsx";
import { FileText, FolderOpen, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { ask } from "../data/socket";
import { Button, IconButton } from "../design/button";
import { EmptyState, Skeleton } from "../design/card";
import { notify } from "../design/toast";
import { useLab, useLabSession } from "../lab/lab-context";
import type { OpenEdit } from "../lab/lab-view";

const CodeEditor = dynamic(() => import("./code-editor").then((module) => module.CodeEditor), {
  ssr: false,
  loading: () => <Skeleton className="m-4 h-40" />,
});

interface OpenFile {
  path: string;
  content: string;
  saved: string;
}

export const languageOf = (path: string): "yaml" | "text" => (/\.ya?ml$/.test(path) ? "yaml" : "text");
const baseName = (path: string) => path.split("/").at(-1) ?? path;

/** The lab's files, and whatever vi, nano and `kubectl edit` want edited. */
export function EditorPane({ onClose, onEditDone }: { onClose: () => void; onEditDone: () => void }) {
  const t = useTranslations("editor");
  const session = useLabSession();
  const edits = useLab((view) => view.edits);
  const [files, setFiles] = useState<{ path: string; sizeBytes: number }[]>();
  const [open, setOpen] = useState<OpenFile[]>([]);
  const [active, setActive] = useState<string>();
  const [drafts, setDrafts] = useState<ReadonlyMap<string, string>>(new Map());
  const edit = edits.at(-1);

  const list = useCallback(async () => {
    try {
      setFiles(await ask("file:list", { labId: session.labId }));
    } catch (cause) {
      notify({ kind: "warning", text: cause instanceof Error ? cause.message : String(cause) });
      setFiles([]);
    }
  }, [session]);
  useEffect(() => void list(), [list]);

  const openFile = async (path: string) => {
    setActive(path);
    if (open.some((file) => file.path === path)) return;
    try {
      const { content } = await ask("file:read", { labId: session.labId, path });
      setOpen((before) => [...before, { path, content, saved: content }]);
    } catch (cause) {
      setActive(undefined);
      notify({ kind: "warning", text: cause instanceof Error ? cause.message : String(cause) });
    }
  };
  const closeFile = (path: string) => {
    const rest = open.filter((file) => file.path !== path);
    setOpen(rest);
    if (active === path) setActive(rest.at(-1)?.path);
  };
  const save = async (file: OpenFile) => {
    try {
      await ask("file:write", { labId: session.labId, path: file.path, content: file.content });
      session.noteAction();
      setOpen((before) => before.map((one) => (one.path === file.path ? { ...one, saved: file.content } : one)));
    } catch (cause) {
      notify({
        kind: "warning",
        text: t("notSaved", { reason: cause instanceof Error ? cause.message : String(cause) }),
      });
    }
  };

  if (edit) {
    const content = drafts.get(edit.editId) ?? edit.content;
    const finish = (result: string | null) => {
      session.finishEdit(edit.editId, result);
      onEditDone();
    };
    return (
      <EditView
        edit={edit}
        onChange={(text) => setDrafts(new Map(drafts).set(edit.editId, text))}
        onSave={() => finish(content)}
        onCancel={() => finish(null)}
      />
    );
  }

  const file = open.find(({ path }) => path === active);
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface" data-testid="editor">
      <div className="flex h-9 shrink-0 items-stretch border-line border-b pr-1 pl-1">
        <IconButton
          label={t("files")}
          className="my-auto size-7!"
          aria-pressed={!file}
          onClick={() => {
            setActive(undefined);
            void list();
          }}
        >
          <FolderOpen className="size-4" />
        </IconButton>
        <div className="flex min-w-0 flex-1 items-stretch overflow-x-auto">
          {open.map(({ path, content, saved }) => (
            <div
              key={path}
              className={clsx(
                "relative flex items-center after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:rounded-full",
                path === active ? "after:bg-accent" : "text-ink-3",
              )}
            >
              <button
                type="button"
                className="flex h-full items-center gap-1.5 pr-1 pl-2.5 font-medium text-sm hover:text-ink"
                onClick={() => setActive(path)}
                title={path}
              >
                {baseName(path)}
                {content === saved ? null : <span className="size-1.5 rounded-full bg-accent" title={t("unsaved")} />}
              </button>
              <button
                type="button"
                aria-label={t("closeFile", { name: baseName(path) })}
                className="mr-1 rounded-sm p-0.5 opacity-60 hover:bg-hover hover:opacity-100"
                onClick={() => closeFile(path)}
              >
                <X className="size-3" aria-hidden />
              </button>
            </div>
          ))}
        </div>
        {file ? (
          <Button
            size="sm"
            className="my-auto h-7! px-2.5!"
            disabled={file.content === file.saved}
            onClick={() => void save(file)}
            data-testid="editor-save"
          >
            {file.content === file.saved ? t("saved") : t("save")}
          </Button>
        ) : null}
        <IconButton label={t("close")} className="my-auto ml-1 size-7!" onClick={onClose}>
          <X className="size-4" />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1">
        {file ? (
          <CodeEditor
            documentKey={file.path}
            initial={file.content}
            language={languageOf(file.path)}
            label={file.path}
            onChange={(content) =>
              setOpen((before) => before.map((one) => (one.path === file.path ? { ...one, content } : one)))
            }
            onSave={() => void save(file)}
          />
        ) : active ? (
          <Skeleton className="m-4 h-40" />
        ) : (
          <FileList files={files} onOpen={(path) => void openFile(path)} />
        )}
      </div>
    </div>
  );
}

function FileList({
  files,
  onOpen,
}: {
  files?: { path: string; sizeBytes: number }[];
  onOpen: (path: string) => void;
}) {
  const t = useTranslations("editor");
  if (!files) return <Skeleton className="m-4 h-24" />;
  if (files.length === 0) {
    return (
      <EmptyState icon={<FileText />} title={t("noFiles")} className="py-6!">
        {t("noFilesText")}
      </EmptyState>
    );
  }
  return (
    <ul className="h-full overflow-y-auto p-2" aria-label={t("files")}>
      {files.map(({ path, sizeBytes }) => (
        <li key={path}>
          <button
            type="button"
            onClick={() => onOpen(path)}
            className="flex w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left text-sm hover:bg-hover"
          >
            <FileText className="size-3.5 shrink-0 text-ink-3" aria-hidden />
            <span className="min-w-0 truncate font-mono text-xs">{path.replace(/^\/home\/learner\//, "~/")}</span>
            <span className="ml-auto whitespace-nowrap text-ink-3 text-xs">{t("size", { bytes: sizeBytes })}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function EditView({
  edit,
  onChange,
  onSave,
  onCancel,
}: {
  edit: OpenEdit;
  onChange: (text: string) => void;
  onSave: () => void;
  onCancel: () => void;
}) {
  const t = useTranslations("editor");
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface" data-testid="editor-edit">
      <div className="flex h-10 shrink-0 items-center gap-2 border-line border-b bg-accent-soft pr-2 pl-3">
        <p className="min-w-0 flex-1 truncate text-sm">
          <span className="font-semibold">{edit.title}</span>
          <span className="ml-2 text-ink-3 max-sm:hidden">{t("waiting")}</span>
        </p>
        <Button size="sm" variant="ghost" className="h-7! px-2.5!" onClick={onCancel} data-testid="edit-cancel">
          {t("discard")}
        </Button>
        <Button size="sm" variant="primary" className="h-7! px-2.5!" onClick={onSave} data-testid="edit-save">
          {t("saveAndClose")}
        </Button>
      </div>
      <div className="min-h-0 flex-1">
        <CodeEditor
          documentKey={edit.editId}
          initial={edit.content}
          language={edit.language}
          label={edit.title}
          onChange={onChange}
          onSave={onSave}
          onCancel={onCancel}
        />
      </div>
    </div>
  );
}
