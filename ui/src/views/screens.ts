import { m } from "../messages";
import type { Route } from "../shared/router.svelte";

const titles = {
  welcome: m.welcome_title,
  drafts: m.drafts_title,
  editor: m.screen_editor,
  review: m.review_title,
  sending: m.sending_title,
  requests: m.requests_title,
  request: m.screen_request,
  settings: m.settings_title,
} satisfies Record<Route["name"], () => string>;

export const screenTitle = (route: Route) => titles[route.name]();
