/** The page's workspaces in the order in which they stand in the bar. */
export const WORKSPACES = ['read', 'domains', 'atlas', 'measures'] as const;
export type Workspace = (typeof WORKSPACES)[number];

export function isWorkspace(value: unknown): value is Workspace {
  return (WORKSPACES as readonly unknown[]).includes(value);
}
