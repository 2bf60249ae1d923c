// The start page's lists: drafts that can be gone on with, and imports that can be looked at.
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowRightRegular, DocumentEditRegular } from '@fluentui/react-icons'
import type { Import, Snapshot } from '../../shared/contract/views.ts'
import { type Draft, pageTitles } from '../../shared/draft.ts'
import { usePlace } from '../placeStore.ts'
import { counted, dateTime, draftName, importWords, needWords } from '../words.ts'
import { Card } from './Card.tsx'
import { DiscardButton } from './DiscardButton.tsx'
import { Badge } from './tones.tsx'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    padding: '8px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTop: 'none' }
  },
  grow: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 }
})

export const stateWords: Readonly<Record<Import['state'], string>> = {
  running: 'Running now',
  paused: 'Paused',
  stopped: 'Stopped',
  finished: 'Finished'
}

/** Where a draft stands: "Saved at Data Preview, 214 computers" */
export function draftWords(draft: Draft): string {
  const computers = draft.counts.total === 0 ? '' : `, ${counted(draft.counts.total, 'computer')}`
  return `Saved at ${pageTitles[draft.page]}${computers}${draft.practice ? ' · practice' : ''}`
}

export function Drafts({ drafts }: Pick<Snapshot, 'drafts'>) {
  const styles = useStyles()
  const { openDraft } = usePlace.getState()
  return (
    <Card title="Saved drafts">
      <ul className={styles.list}>
        {drafts.map((draft) => (
          <li key={draft.id} className={styles.row} data-draft={draft.id}>
            <DocumentEditRegular fontSize={20} />
            <div className={styles.grow}>
              <div>{draftName(draft)}</div>
              <div className={styles.quiet}>
                {draftWords(draft)} · begun {dateTime(draft.createdAt)}
              </div>
            </div>
            <DiscardButton draft={draft} />
            <Button onClick={() => void openDraft(draft.id)} aria-label={`Open ${draftName(draft)}`}>
              Open
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}

export function Imports({ imports }: Pick<Snapshot, 'imports'>) {
  const styles = useStyles()
  const { openImport } = usePlace.getState()
  return (
    <Card title="Imports">
      <ul className={styles.list}>
        {imports.map((one) => (
          <li key={one.id} className={styles.row} data-import={one.id}>
            <div className={styles.grow}>
              <div>{one.source}</div>
              <div className={styles.quiet}>
                {stateWords[one.state]} · {importWords(one)} · started {dateTime(one.startedAt)}
              </div>
            </div>
            {one.practice && <Badge tone="working">Practice</Badge>}
            {one.totals.person > 0 && <Badge tone="person">{needWords(one.totals.person)}</Badge>}
            <Button
              icon={<ArrowRightRegular />}
              iconPosition="after"
              aria-label={`Look at ${one.source}`}
              onClick={() => void openImport(one, one.state === 'finished' ? 'confirmation' : 'progress')}
            >
              Look
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
