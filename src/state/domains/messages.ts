import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('domains-state', {
  unnamed: 'Set {{number}}',
});
