import { expect, type Locator, type Page } from "@playwright/test";
import { TerminalOnPage } from "./terminal";

/** Grading what has settled takes a moment on a busy machine. */
const CHECK_LIMIT_MS = 45_000;

/** The lab page as its learner uses it. */
export class LabOnPage {
  readonly terminal: TerminalOnPage;

  constructor(readonly page: Page) {
    this.terminal = new TerminalOnPage(page);
  }

  /** Waits for the first prompt. */
  async opened(): Promise<this> {
    await expect(this.page.getByTestId("lab")).toBeVisible();
    await this.terminal.expectPrompt();
    return this;
  }

  async newTerminal(id: string): Promise<TerminalOnPage> {
    await this.page.getByTestId("terminal-new").click();
    const terminal = new TerminalOnPage(this.page, id);
    await terminal.expectPrompt();
    return terminal;
  }

  async showTerminal(id: string): Promise<void> {
    await this.page.getByTestId(`terminal-tab-${id}`).click();
  }

  check(id: string): Locator {
    return this.page.getByTestId(`check-${id}`);
  }

  async expectPassed(...ids: string[]): Promise<void> {
    for (const id of ids)
      await expect(this.check(id), id).toHaveAttribute("data-passed", "true", { timeout: CHECK_LIMIT_MS });
  }

  async expectOpen(...ids: string[]): Promise<void> {
    for (const id of ids)
      await expect(this.check(id), id).toHaveAttribute("data-passed", "false", { timeout: CHECK_LIMIT_MS });
  }

  /** Lets a minute of lab time pass at once. */
  async skipMinute(): Promise<void> {
    await this.page.getByTestId("time-skip-60").click();
  }

  async answer(question: string, answer: { choose: string } | { write: string }): Promise<void> {
    const form = this.page.getByTestId(`question-${question}`);
    if ("choose" in answer) await form.getByLabel(answer.choose).check();
    else await form.getByRole("textbox").fill(answer.write);
    await form.getByRole("button").click();
    await this.expectPassed(question);
  }

  async expectSolved(): Promise<void> {
    await expect(this.page.getByTestId("success")).toBeVisible({ timeout: CHECK_LIMIT_MS });
  }

  /** In the page's editor, while a command waits for it: replaces `from` by `to`, with the editor's own search. */
  async changeInEditor(from: string, to: string): Promise<void> {
    const editor = this.page.getByTestId("editor-edit");
    await editor.locator(".cm-content").focus();
    await this.page.keyboard.press("Control+f");
    const search = editor.locator(".cm-search");
    await search.locator("input[name=search]").fill(from);
    await search.locator("input[name=replace]").fill(to);
    await search.locator("[name=replaceAll]").click();
    await this.page.keyboard.press("Escape");
  }
}
