"use client";

import clsx from "clsx";
import { memo } from "react";
import ReactMarkdown from "react-markdown";
import remarkGfm from "remark-gfm";

const plugins = [remarkGfm];

export const Markdown = memo(function Markdown({ text, className }: { text: string; className?: string }) {
  return (
    <div className={clsx("prose", className)}>
      <ReactMarkdown
        remarkPlugins={plugins}
        components={{
          a: ({ node: _, ...rest }) => <a {...rest} target="_blank" rel="noreferrer" />,
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
});
