// Indexes for what is counted ten times a second while an import runs: without them each look reads every job of it.

export const figureIndexes = {
  name: '0010-figures',
  sql: `
CREATE INDEX jobs_prevented ON jobs (import_id) WHERE computer ->> '$.automaticPrevented' = 1;
CREATE INDEX jobs_ended ON jobs (import_id, ended_at, started_at) WHERE state IN ('done', 'person');
`
} as const
