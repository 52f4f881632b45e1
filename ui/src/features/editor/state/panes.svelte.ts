/** What is open beside the pages: whoever wants it there wants it beside the next ones too. */
export const panes = $state({ isReadyListOpen: false });
