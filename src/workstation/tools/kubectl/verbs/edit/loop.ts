import type { Call } from "../../command";
import { ApiError, CliError, PlainExit } from "../../errors";
import { compactJson, printJson } from "../../printers/json";
import { withoutManagedFields } from "../../printers/output";
import { printYaml } from "../../printers/yaml";
import { decodeText } from "../../resource/files";
import type { Info } from "../../resource/info";
import { fieldValidationOf } from "../../resource/submit";
import { parseYaml } from "../../resource/yaml";
import { openEditor } from "./editor";
import { EditResults } from "./results";

/** A file that stays wrong is reopened no more often than this. */
const ROUNDS_LIMIT = 50;

const HEAD = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;
const HEAD_OF_LAST_APPLIED = `# Please edit the 'last-applied-configuration' annotations below.
# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
#
`;

export interface EditMode {
  lastApplied?: boolean;
  /** Sends what was edited; refusals of the server go into the results, anything else ends the edit. */
  save(edited: Info[], results: EditResults): Promise<void>;
}

/** Objects in an editor, again and again until they are saved, unchanged or given up. */
export async function editObjects(call: Call, infos: Info[], mode: EditMode): Promise<void> {
  const { session, flags } = call;
  const { files } = session.tool;
  const output = flags.text("output");
  if (!["", "json", "yaml"].includes(output))
    throw new CliError(
      `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: json,yaml`,
    );
  const asJson = output === "json";
  const original = shownText(infos, asJson);
  let results = new EditResults();
  let previous: { text: string; file: string } | undefined;
  for (let round = 0; round < ROUNDS_LIMIT; round++) {
    const head = asJson ? "" : (mode.lastApplied ? HEAD_OF_LAST_APPLIED : HEAD) + results.comments;
    const shown = head + (previous ? withoutComments(previous.text) : original);
    const edited = (await openEditor(call, shown, asJson ? ".json" : ".yaml")) ?? previous;
    if (!edited) return sayUnchanged(call);
    if (previous && content(previous.text) === content(edited.text))
      throw preserved(call, edited.file, new CliError("Edit cancelled, no valid changes were saved."));
    if (previous && previous.file !== edited.file && files.stat(previous.file)) files.remove(previous.file);
    const problem = fieldValidationOf(call) === "Ignore" ? undefined : objectProblem(edited.text);
    results = new EditResults();
    if (problem) {
      session.err(results.add(failedValidation(problem), infos[0]!));
      previous = edited;
      continue;
    }
    if (content(original) === content(edited.text)) {
      files.remove(edited.file);
      return sayUnchanged(call);
    }
    if (!edited.text.split("\n").some((line) => /^\s*[^#\s]/.test(line))) {
      files.remove(edited.file);
      session.err("Edit cancelled, saved file was empty.\n");
      return;
    }
    const loaded = await decodeText(session, edited.text, "edited-file");
    if (loaded.errors[0]) {
      results.addReason(`The edited file had a syntax error: ${loaded.errors[0].message}`);
      previous = edited;
      continue;
    }
    try {
      await mode.save(loaded.infos, results);
    } catch (error) {
      throw error instanceof ApiError || error instanceof CliError ? preserved(call, edited.file, error) : error;
    }
    if (results.retryable > 0) {
      session.err(`You can run \`kubectl replace -f ${edited.file}\` to try this update again.\n`);
      throw new PlainExit("");
    }
    if (results.notFound > 0) {
      session.err(`The edits you made on deleted resources have been saved to ${JSON.stringify(edited.file)}\n`);
      throw new PlainExit("");
    }
    if (results.reasons.length === 0) {
      files.remove(edited.file);
      return;
    }
    previous = edited;
  }
  throw new CliError("Edit cancelled, no valid changes were saved.");
}

function shownText(infos: Info[], asJson: boolean): string {
  const objects = infos.map(({ object }) => withoutManagedFields(object));
  const whole = objects.length === 1 ? objects[0] : { apiVersion: "v1", items: objects, kind: "List", metadata: {} };
  return asJson ? printJson(whole) : printYaml(whole);
}

const sayUnchanged = ({ session }: Call) => session.err("Edit cancelled, no changes made.\n");

function preserved({ session }: Call, file: string, error: Error): Error {
  if (session.tool.files.stat(file)) session.err(`A copy of your changes has been stored to ${JSON.stringify(file)}\n`);
  return error;
}

/** What keeps a text from being an object at all; its fields are for the server to judge. */
function objectProblem(text: string): string | undefined {
  let object: any;
  try {
    object = parseYaml(text);
  } catch (error) {
    return (error as Error).message;
  }
  if (typeof object !== "object" || object === null || Array.isArray(object)) return "invalid object to validate";
  const missing = [...(object.apiVersion ? [] : ["apiVersion not set"]), ...(object.kind ? [] : ["kind not set"])];
  return missing.length > 1 ? `[${missing.join(", ")}]` : missing[0];
}

const failedValidation = (problem: string) =>
  new ApiError({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    reason: "Invalid",
    code: 422,
    message: problem,
    details: {
      causes: [
        {
          field: "<nil>",
          message: `Invalid value: "The edited file failed validation": ${problem}`,
          reason: "FieldValueInvalid",
        },
      ],
    },
  });

/** What a text says, without comments and regardless of its form. */
function content(text: string): string {
  try {
    return compactJson(parseYaml(text) ?? null);
  } catch {
    return withoutComments(text);
  }
}

const withoutComments = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !/^\s*#(?!!)/.test(line))
    .join("\n");
