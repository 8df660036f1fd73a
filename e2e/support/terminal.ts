import { expect, type Locator, type Page } from "@playwright/test";

/** The bare prompt of the workstation: nothing has been typed behind it yet. */
const PROMPT = /^learner@podium:\S+\$ ?$/;
const COMMAND_LIMIT_MS = 60_000;

const squeezed = (text: string) => text.replace(/\s/g, "");

/** One xterm on a page, used as a person uses it: keys go in, the rows on the screen are read. */
export class TerminalOnPage {
  readonly root: Locator;

  constructor(
    readonly page: Page,
    readonly id = "1",
  ) {
    this.root = page.getByTestId(`terminal-${id}`);
  }

  /** What the screen shows now, blank rows below the last one left out. */
  async text(): Promise<string> {
    const rows = await this.root.locator(".xterm-rows > div").allTextContents();
    return rows
      .map((row) => row.replaceAll("\u00a0", " ").trimEnd())
      .join("\n")
      .trimEnd();
  }

  async expectText(wanted: string | RegExp, timeout = COMMAND_LIMIT_MS): Promise<void> {
    const poll = expect.poll(() => this.text(), { timeout, intervals: [50, 100, 250] });
    if (typeof wanted === "string") await poll.toContain(wanted);
    else await poll.toMatch(wanted);
  }

  /** Waits for a prompt with nothing behind it. */
  async expectPrompt(timeout = COMMAND_LIMIT_MS): Promise<void> {
    await expect
      .poll(async () => (await this.text()).split("\n").at(-1) ?? "", { timeout, intervals: [20, 50, 100, 250] })
      .toMatch(PROMPT);
  }

  async focus(): Promise<void> {
    await this.root.locator(".xterm-helper-textarea").focus();
  }

  /** Types, and waits until all of it is echoed. */
  async type(text: string): Promise<void> {
    await this.focus();
    await this.page.keyboard.type(text);
    await expect
      .poll(async () => squeezed(await this.text()).endsWith(squeezed(text)), {
        message: `echo of ${text}`,
        timeout: COMMAND_LIMIT_MS,
        intervals: [20, 50, 100],
      })
      .toBe(true);
  }

  async press(key: string): Promise<void> {
    await this.focus();
    await this.page.keyboard.press(key);
  }

  /** Types a command line and enters it; whatever it prints comes later. */
  async enter(line: string): Promise<void> {
    await this.type(line);
    await this.page.keyboard.press("Enter");
  }

  /** Runs a command to its end. Returns what the screen shows after it, from the command line on. */
  async run(line: string): Promise<string> {
    await this.expectPrompt();
    await this.enter(line);
    await this.expectPrompt();
    const screen = await this.text();
    const at = screen.lastIndexOf(`$ ${line.slice(0, 12)}`);
    return at < 0 ? screen : screen.slice(at);
  }

  /** Runs a command until what it prints is as wanted: things in a cluster take their time. */
  async runUntil(line: string, wanted: RegExp): Promise<void> {
    await expect
      .poll(() => this.run(line), { timeout: COMMAND_LIMIT_MS, intervals: [500, 1_000, 2_000] })
      .toMatch(wanted);
  }
}
