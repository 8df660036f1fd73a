import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Site, startSite } from "../testing/site";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());

const account = (username: string) => ({ username, password: "correct horse" });

describe("accounts", () => {
  it("lets a guest in with one call, and makes an account of them that keeps everything", async () => {
    const guest = site.visitor();
    const { id, isGuest } = await guest.api.auth.guest({});
    expect(isGuest).toBe(true);
    const { labId } = await guest.api.labs.start({});
    await expect(guest.api.classes.create({ name: "Mine" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await guest.api.auth.signUp(account("Ann.B"))).toEqual({
      id,
      name: "Ann.B",
      username: "Ann.B",
      isGuest: false,
      isAdmin: false,
    });
    expect((await guest.api.labs.list()).map((lab) => lab.labId)).toEqual([labId]);
    const elsewhere = site.visitor();
    expect(await elsewhere.api.auth.signIn(account("ann.b"))).toMatchObject({ id, username: "Ann.B" });
  });

  it("carries a guest's labs over to the account that they sign in to", async () => {
    await site.visitor().api.auth.signUp(account("carol"));
    const guest = site.visitor();
    await guest.api.auth.guest({});
    const { labId } = await guest.api.labs.start({ challengeId: "tests/make-map" });
    await guest.api.auth.signIn(account("carol"));
    expect((await guest.api.auth.me())?.username).toBe("carol");
    expect((await guest.api.labs.list()).map((lab) => lab.labId)).toEqual([labId]);
  });

  it("tells what is wrong with a name or a password", async () => {
    await site.visitor().api.auth.signUp(account("dave"));
    await expect(site.visitor().api.auth.signUp(account("DAVE"))).rejects.toMatchObject({
      code: "CONFLICT",
      message: "This user name is taken.",
    });
    const guest = site.visitor();
    await guest.api.auth.guest({});
    await expect(guest.api.auth.signUp(account("dave"))).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(site.visitor().api.auth.signUp(account("with space"))).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(site.visitor().api.auth.signIn({ username: "dave", password: "wrong" })).rejects.toMatchObject({
      code: "UNAUTHORIZED",
      message: "User name or password is wrong.",
    });
  });

  it("slows down who guesses passwords", async () => {
    await site.visitor().api.auth.signUp(account("erin"));
    const codes: string[] = [];
    for (let guess = 0; guess < 11; guess++) {
      codes.push(
        await site
          .visitor()
          .api.auth.signIn({ username: "erin", password: `guess ${guess}` })
          .then(
            () => "in",
            (error) => error.code,
          ),
      );
    }
    expect(codes).toEqual([...Array(10).fill("UNAUTHORIZED"), "TOO_MANY_REQUESTS"]);
  });

  it("signs out", async () => {
    const visitor = site.visitor();
    await visitor.api.auth.signUp(account("frank"));
    const cookie = new Map(visitor.cookies);
    await visitor.api.auth.signOut();
    expect(await visitor.api.auth.me()).toBeNull();
    for (const [name, value] of cookie) visitor.cookies.set(name, value);
    expect(await visitor.api.auth.me()).toBeNull();
  });
});

describe("the first administrator", () => {
  it("comes in by the one-time link, once", async () => {
    const token = site.app.setupToken!;
    const visitor = site.visitor();
    expect(await visitor.api.admin.setupState({ token })).toEqual({ valid: true });
    // A name that is taken does not spend the link.
    await site.visitor().api.auth.signUp(account("taken"));
    await expect(visitor.api.admin.setup({ token, ...account("taken") })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await visitor.api.admin.setup({ token, ...account("root") })).toMatchObject({
      username: "root",
      isAdmin: true,
    });
    expect((await visitor.api.auth.me())?.isAdmin).toBe(true);
    expect(await visitor.api.admin.setupState({ token })).toEqual({ valid: false });
    await expect(site.visitor().api.admin.setup({ token, ...account("mallory") })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});
