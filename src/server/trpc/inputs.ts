import { z } from "zod";
import { PASSWORD_MAX, PASSWORD_MIN, USERNAME_MAX, USERNAME_MIN } from "../auth/auth";
import { LANGUAGES } from "../challenges/texts";

/** Shapes that several areas take. Everything that a visitor sends has a length. */
export const id = z.string().min(1).max(64);
export const challengeId = z
  .string()
  .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/)
  .max(128);
export const language = z.enum(LANGUAGES).default("en");
export const nickname = z.string().trim().min(1).max(32);
export const className = z.string().trim().min(1).max(80);
export const displayName = z.string().trim().min(1).max(40);
export const credentials = z.object({
  username: z.string().trim().min(USERNAME_MIN).max(USERNAME_MAX),
  password: z.string().min(PASSWORD_MIN).max(PASSWORD_MAX),
});

/** Where a page was opened: scheme, host and port. */
export const origin = z
  .string()
  .max(300)
  .regex(/^https?:\/\/[A-Za-z0-9.:[\]_-]+$/);
