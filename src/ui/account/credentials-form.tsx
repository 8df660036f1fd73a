"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../design/button";
import { Field, FormError } from "../design/field";

const NAME = /^[a-zA-Z0-9_.]{3,30}$/;
const PASSWORD_MIN = 8;

export interface Credentials {
  username: string;
  password: string;
}

/** User name and password. `strict` for new accounts: then both must follow the rules. */
export function CredentialsForm({
  strict,
  submit,
  busy,
  error,
  onSubmit,
}: {
  strict: boolean;
  submit: string;
  busy: boolean;
  error?: string;
  onSubmit: (credentials: Credentials) => void;
}) {
  const t = useTranslations("account");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const nameError = strict
    ? NAME.test(username.trim())
      ? undefined
      : t("usernameRule")
    : username.trim()
      ? undefined
      : t("required");
  const passwordError = strict
    ? password.length >= PASSWORD_MIN
      ? undefined
      : t("passwordRule", { count: PASSWORD_MIN })
    : password
      ? undefined
      : t("required");
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!nameError && !passwordError) onSubmit({ username: username.trim(), password });
      }}
    >
      <FormError>{error}</FormError>
      <Field
        label={t("username")}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={username}
        onChange={(event) => setUsername(event.target.value)}
        hint={strict ? t("usernameRule") : undefined}
        error={tried ? nameError : undefined}
      />
      <Field
        label={t("password")}
        name="password"
        type="password"
        autoComplete={strict ? "new-password" : "current-password"}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        hint={strict ? t("passwordRule", { count: PASSWORD_MIN }) : undefined}
        error={tried ? passwordError : undefined}
      />
      <Button type="submit" variant="primary" busy={busy} data-testid="credentials-submit">
        {submit}
      </Button>
    </form>
  );
}
