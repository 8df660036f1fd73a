import type { Call } from "../../command";
import { CliError } from "../../errors";

/** An edited text, and the file in which it still lies. */
export interface Edited {
  text: string;
  file: string;
}

/** The page's editor, or the one that `$KUBE_EDITOR` or `$EDITOR` names; null where the learner gave up. */
export async function openEditor(call: Call, text: string, extension: string): Promise<Edited | null> {
  const { tool } = call.session;
  const file = `/tmp/kubectl-edit-${Math.floor(tool.random() * 4_000_000_000)}${extension}`;
  const named = tool.env.KUBE_EDITOR || tool.env.EDITOR;
  tool.files.writeFile(file, text, 0o600);
  if (!named) {
    const edited = await tool.wait(
      tool.edit({ title: `kubectl ${call.path}`, path: file, content: text, language: "yaml" }),
    );
    if (edited === null) {
      tool.files.remove(file);
      return null;
    }
    if (edited !== undefined) {
      tool.files.writeFile(file, edited, 0o600);
      return { text: edited, file };
    }
  }
  const editor = named || "vi";
  const code = await tool.wait(tool.run([...editor.split(/\s+/).filter(Boolean), file]));
  if (code === 127) {
    tool.files.remove(file);
    throw new CliError(`unable to launch the editor ${JSON.stringify(editor)}`);
  }
  if (code !== 0) {
    tool.files.remove(file);
    throw new CliError(`there was a problem with the editor ${JSON.stringify(editor)}`);
  }
  return { text: tool.files.stat(file) ? tool.files.readFile(file) : "", file };
}
