/** Names of things that come as codes. Exhaustive by type. */
import type {
  Environment,
  FileRight,
  IdentityCheck,
  MailOccasion,
  ProviderKind,
  Purpose,
  Role,
} from "../host/bindings";
import { m } from "../messages";

const environments = {
  practice: m.env_practice,
  test: m.env_test,
  live: m.env_live,
} satisfies Record<Environment, () => string>;

const providers = {
  practice: m.provider_practice,
  yousign_v2: m.provider_yousign_v2,
} satisfies Record<ProviderKind, () => string>;

const roles = {
  signer: m.role_signer,
  approver: m.role_approver,
  observer: m.role_observer,
} satisfies Record<Role, () => string>;

const identityChecks = {
  email_code: m.identity_email_code,
  sms_code: m.identity_sms_code,
  none: m.identity_none,
} satisfies Record<IdentityCheck, () => string>;

const purposes = {
  to_sign: m.purpose_to_sign,
  attachment: m.purpose_attachment,
} satisfies Record<Purpose, () => string>;

const occasions = {
  invitation: m.mail_occasion_invitation,
  information: m.mail_occasion_information,
  reminder: m.mail_occasion_reminder,
  completed: m.mail_occasion_completed,
  declined: m.mail_occasion_declined,
} satisfies Record<MailOccasion, () => string>;

const fileRights = {
  print: m.right_print,
  change: m.right_change,
  copy: m.right_copy,
  annotate: m.right_annotate,
  fill_forms: m.right_fill_forms,
  assemble: m.right_assemble,
} satisfies Record<FileRight, () => string>;

export const environmentName = (of: Environment) => environments[of]();
export const providerName = (of: ProviderKind) => providers[of]();
export const roleName = (of: Role) => roles[of]();
export const identityCheckName = (of: IdentityCheck) => identityChecks[of]();
export const purposeName = (of: Purpose) => purposes[of]();
export const fileRightName = (of: FileRight) => fileRights[of]();
export const occasionName = (of: MailOccasion) => occasions[of]();

/** "Practice", "Yousign staging", "Yousign production": where a sending goes, in words. */
export function accountPlace(account: { kind: ProviderKind; environment: Environment }): string {
  if (account.kind === "practice" || account.environment === "practice") return m.place_practice();
  return account.environment === "test" ? m.place_yousign_staging() : m.place_yousign_production();
}

/** Who answers for a request, in a sentence. */
export function serviceName(kind: ProviderKind | undefined): string {
  switch (kind) {
    case "practice":
      return m.service_practice();
    case "yousign_v2":
      return m.service_yousign();
    case undefined:
      return m.service_any();
  }
}
