import { FileError } from "@/posix/files/file-system";
import { basename, resolvePath } from "@/posix/files/path";
import type { Tool, ToolContext } from "../tool";

/** vi, nano and the like open the page's editor: the file comes up beside the terminal, and saving it ends the command. */
function editor(name: string): Tool {
  return {
    name,
    async run(context) {
      const files = context.argv.slice(1).filter((word) => !word.startsWith("-") && !word.startsWith("+"));
      if (files.length === 0) {
        context.stderr.write(`${name}: name a file to edit\n`);
        return 1;
      }
      for (const file of files) {
        const exitCode = await editFile(name, file, context);
        if (exitCode !== 0) return exitCode;
      }
      return 0;
    },
  };
}

async function editFile(name: string, file: string, context: ToolContext): Promise<number> {
  const path = resolvePath(context.cwd, file);
  const stat = context.files.stat(path);
  if (stat?.type === "directory") {
    context.stderr.write(name === "nano" ? `${file} is a directory\n` : `"${file}" is a directory\n`);
    return 1;
  }
  const content = stat ? context.files.readFile(path) : "";
  const saved = await context.edit({
    title: basename(path),
    path,
    content,
    language: /\.ya?ml$/.test(path) ? "yaml" : "text",
  });
  if (saved === undefined) {
    context.stderr.write(`${name}: there is no page to open an editor on; write the file with cat or sed\n`);
    return 1;
  }
  if (saved === null || (saved === content && stat)) return 0;
  try {
    context.files.writeFile(path, saved === "" || saved.endsWith("\n") ? saved : `${saved}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    context.stderr.write(`${name}: ${file}: ${error.message}\n`);
    return 1;
  }
}

export const editors: Tool[] = ["vi", "vim", "nano", "emacs", "edit"].map(editor);
