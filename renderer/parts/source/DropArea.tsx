// Where a file is dropped or browsed for; while one is read, how far it is and the way out.
import { Button, makeStyles, mergeClasses, ProgressBar, tokens } from '@fluentui/react-components'
import { ArrowUploadRegular, DismissRegular, FolderOpenRegular } from '@fluentui/react-icons'
import { number } from '../../words.ts'
import { type Progress, useProgress } from './giving.ts'

const useStyles = makeStyles({
  drop: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: '10px',
    minHeight: '190px',
    padding: '20px',
    boxSizing: 'border-box',
    textAlign: 'center',
    borderRadius: tokens.borderRadiusXLarge,
    border: `2px dashed ${tokens.colorNeutralStrokeAccessible}`,
    backgroundColor: tokens.colorNeutralBackground1,
    flexShrink: 0
  },
  over: { border: `2px solid ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorBrandBackground2 },
  arrow: { fontSize: '36px', color: tokens.colorBrandForeground1 },
  big: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, maxWidth: '80ch' },
  // What moves in here ten times a second moves nothing else.
  bar: { width: 'min(420px, 100%)', contain: 'content' }
})

const doing: Readonly<Record<Progress['what'], string>> = {
  reading: 'Reading the file',
  checking: 'Checking the computers',
  keeping: 'Putting passwords into the keychain'
}

/** Progress in words and as a bar; without a number while nothing is known. */
function Reading({ draftId, onCancel }: { readonly draftId: string; onCancel(): void }) {
  const progress = useProgress(draftId)
  const styles = useStyles()
  const known = progress !== null && progress.total > 0
  const words = doing[progress?.what ?? 'reading']
  return (
    <>
      <div className={styles.big}>{words}</div>
      <ProgressBar
        className={styles.bar}
        aria-label={words}
        {...(known && { value: Math.min(1, progress.done / progress.total) })}
      />
      <div className={styles.quiet}>
        {known ? `${number(Math.floor((100 * progress.done) / progress.total))} %` : ' '}
      </div>
      <Button icon={<DismissRegular />} autoFocus onClick={onCancel}>
        Cancel
      </Button>
    </>
  )
}

interface DropAreaProps {
  readonly over: boolean
  readonly busy: boolean
  readonly draftId: string
  /** What dropping a file would do now. */
  readonly invitation: string
  readonly primary: boolean
  /** Something has to be decided first. */
  readonly held: boolean
  onBrowse(): void
  onCancel(): void
}

export function DropArea({ over, busy, draftId, invitation, primary, held, onBrowse, onCancel }: DropAreaProps) {
  const styles = useStyles()
  return (
    <div className={mergeClasses(styles.drop, over && !held && styles.over)} data-drop aria-busy={busy}>
      {busy ? (
        <Reading draftId={draftId} onCancel={onCancel} />
      ) : (
        <>
          <ArrowUploadRegular className={styles.arrow} aria-hidden />
          <div className={styles.big}>{invitation}</div>
          <div className={styles.quiet}>
            CSV, TSV, Excel workbook (.xlsx) or JSON: what Configuration Manager imports, what MeshCommander,
            MeshCentral or Intel SCS exported, or any list of computers. Ctrl+V pastes cells from a spreadsheet.
          </div>
          <Button
            appearance={primary ? 'primary' : 'secondary'}
            icon={<FolderOpenRegular />}
            disabled={held}
            onClick={onBrowse}
          >
            Browse
          </Button>
        </>
      )}
    </div>
  )
}
