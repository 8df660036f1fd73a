import { groupResourceOf } from "../../api/discovery";
import type { ApiError } from "../../errors";
import type { Info } from "../../resource/info";

/** Why a file is opened again. */
interface Reason {
  head: string;
  details: string[];
}

/** What became of the objects of an edited file. */
export class EditResults {
  readonly reasons: Reason[] = [];
  /** Refusals that `kubectl replace` may get over. */
  retryable = 0;
  notFound = 0;

  /** Takes note of a refusal; gives the line about it. */
  add(error: ApiError, info: Pick<Info, "resource" | "name">): string {
    const subject = `${groupResourceOf(info.resource)} ${JSON.stringify(info.name)}`;
    if (error.reason === "Invalid") {
      const causes = error.status.details?.causes ?? [];
      this.addReason(
        `${subject} was not valid`,
        causes.map(({ field, message }) => `${field ?? ""}: ${message ?? ""}`),
      );
      return `error: ${subject} is invalid\n`;
    }
    if (error.reason === "NotFound") {
      this.notFound++;
      return `error: ${subject} could not be found on the server\n`;
    }
    this.retryable++;
    return `error: ${subject} could not be patched: ${error.message}\n`;
  }

  addReason(head: string, details: string[] = []): void {
    this.reasons.push({ head, details });
  }

  /** The reasons as comments at a file's head. */
  get comments(): string {
    return this.reasons
      .map(({ head, details }) => {
        const lines = details.map((detail) => `# * ${commented(detail)}\n`).join("");
        return `# ${commented(head)}${details.length > 0 ? ":" : ""}\n${lines}#\n`;
      })
      .join("");
  }
}

const commented = (text: string) => text.replace(/\n(?=[^#])/g, "\n# ");
