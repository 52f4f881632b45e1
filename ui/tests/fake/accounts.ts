import type { AccountView } from "../../src/host/bindings";
import { minutesAgo } from "./people";

export const practice: AccountView = {
  id: "acc-practice",
  kind: "practice",
  environment: "practice",
  name: "Practice",
  connectedAs: null,
  organisation: null,
  followAll: false,
  key: { state: "not_needed" },
  lastSuccess: minutesAgo(1),
  trouble: null,
};

export const staging: AccountView = {
  id: "acc-test",
  kind: "yousign_v2",
  environment: "test",
  name: "Cabinet Lefèvre – essais",
  connectedAs: "Marie Lefèvre",
  organisation: "Cabinet Lefèvre",
  followAll: false,
  key: { state: "in_keychain" },
  lastSuccess: minutesAgo(2),
  trouble: null,
};

export const production: AccountView = {
  ...staging,
  id: "acc-live",
  environment: "live",
  name: "Cabinet Lefèvre",
};

export const keyless: AccountView = {
  ...production,
  id: "acc-keyless",
  name: "Agence de Nantes, gestion locative et syndic de copropriété",
  key: { state: "missing" },
  connectedAs: null,
  trouble: { trouble: "key_missing" },
};
