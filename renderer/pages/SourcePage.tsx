// Select Source: drop a file anywhere, browse, paste, type a single computer, or take the practice fleet's sample.
import { Button, CompoundButton, makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components'
import {
  ArrowUploadRegular,
  BeakerRegular,
  CheckmarkCircleFilled,
  DesktopRegular,
  FolderOpenRegular
} from '@fluentui/react-icons'
import { useCallback, useEffect, useState } from 'react'
import type { FileSource } from '../../shared/draft.ts'
import { askDraft, useCurrentDraft } from '../draftStore.ts'
import { useNotice } from '../noticeStore.ts'
import { Card } from '../parts/Card.tsx'
import { Title } from '../parts/Title.tsx'
import { useTones } from '../parts/tones.tsx'
import { counted, size } from '../words.ts'

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
  quiet: { color: tokens.colorNeutralForeground3 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', justifyContent: 'center' },
  others: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(280px, 1fr))',
    gap: '12px',
    flexShrink: 0
  },
  other: {
    justifyContent: 'flex-start',
    textAlign: 'left',
    maxWidth: 'none',
    '& .fui-CompoundButton__secondaryContent': { lineHeight: '18px' }
  },
  known: { display: 'flex', gap: '12px', alignItems: 'flex-start' },
  icon: { fontSize: '24px', flexShrink: 0 },
  facts: { display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: '16px', rowGap: '4px', margin: '6px 0 0' },
  term: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, overflowWrap: 'anywhere' }
})

const delimiters: Readonly<Record<FileSource['delimiter'], string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars'
}

/** Gives bytes, the sample or a single computer to the core; says while one is under way. */
function useGiving(draftId: string) {
  const [busy, setBusy] = useState(false)
  const run = useCallback(async (asking: () => Promise<boolean>) => {
    useNotice.getState().dismiss()
    setBusy(true)
    await asking()
    setBusy(false)
  }, [])
  const give = useCallback(
    (name: string, bytes: Uint8Array<ArrayBuffer>) => void run(() => askDraft('source.give', { draftId, name, bytes })),
    [draftId, run]
  )
  return { busy, run, give }
}

/** Listens for files dropped, and text or files pasted, anywhere on the window; true while a file hovers. */
function useDropAndPaste(give: (name: string, bytes: Uint8Array<ArrayBuffer>) => void): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const take = async (file: File | undefined): Promise<void> => {
      if (file !== undefined) give(file.name, new Uint8Array(await file.arrayBuffer()))
    }
    const drag = (): void => setOver(true)
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent): void => {
      setOver(false)
      void take(event.dataTransfer?.files[0])
    }
    const paste = (event: ClipboardEvent): void => {
      const file = event.clipboardData?.files[0]
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (file !== undefined) void take(file)
      else if (text.trim() !== '') give('pasted.csv', new TextEncoder().encode(text))
    }
    window.addEventListener('dragover', drag)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    window.addEventListener('paste', paste)
    return () => {
      window.removeEventListener('dragover', drag)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
      window.removeEventListener('paste', paste)
    }
  }, [give])
  return over
}

function Recognised({ source }: { readonly source: FileSource }) {
  const styles = useStyles()
  const tones = useTones()
  const facts: readonly (readonly [string, string])[] = [
    ['File', `${source.name}, ${size(source.bytes)}`],
    ['Encoding', source.encoding],
    ['Separated by', delimiters[source.delimiter]],
    ['First line', source.header ? 'column headings' : 'already a computer'],
    ['Computers', counted(source.lines, 'line')]
  ]
  return (
    <Card>
      <div className={styles.known} data-recognised>
        <CheckmarkCircleFilled className={mergeClasses(styles.icon, tones.done)} aria-hidden />
        <div>
          <strong>Recognised: {source.recognised}</strong>
          <dl className={styles.facts}>
            {facts.map(([term, text]) => (
              <div key={term} style={{ display: 'contents' }}>
                <dt className={styles.term}>{term}</dt>
                <dd className={styles.value}>{text}</dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
    </Card>
  )
}

export function SourcePage() {
  const styles = useStyles()
  const { id: draftId, practice, source } = useCurrentDraft()
  const { busy, run, give } = useGiving(draftId)
  const over = useDropAndPaste(give)
  const sample = (
    <CompoundButton
      appearance={source === null ? 'primary' : 'secondary'}
      className={styles.other}
      icon={<BeakerRegular />}
      secondaryContent="The thirty computers of the practice fleet, some of them with troubles to learn from"
      disabled={busy}
      onClick={() => void run(() => askDraft('source.sample', { draftId }))}
    >
      Take the sample file
    </CompoundButton>
  )
  return (
    <>
      <Title intro="Where do the computers come from? A file for many, the form for a single one.">Select Source</Title>
      {source?.kind === 'file' && <Recognised source={source} />}
      {source?.kind === 'single' && <Card title="A single computer">You type it in on the next page.</Card>}
      {practice && <div className={styles.others}>{sample}</div>}
      <div className={mergeClasses(styles.drop, over && styles.over)} data-drop>
        {busy ? (
          <Spinner label="Reading the file" />
        ) : (
          <>
            <ArrowUploadRegular className={styles.arrow} aria-hidden />
            <div className={styles.big}>
              {source === null ? 'Drop a file anywhere on this page' : 'Drop another file to take its place'}
            </div>
            <div className={styles.quiet}>
              CSV as Configuration Manager imports it, or another list of computers. Ctrl+V pastes lines from a
              spreadsheet.
            </div>
            <div className={styles.buttons}>
              <Button
                appearance={source === null && !practice ? 'primary' : 'secondary'}
                icon={<FolderOpenRegular />}
                onClick={() => void run(() => askDraft('source.browse', { draftId }))}
              >
                Browse
              </Button>
            </div>
          </>
        )}
      </div>
      <div className={styles.others}>
        <CompoundButton
          className={styles.other}
          icon={<DesktopRegular />}
          secondaryContent="Name, FQDN and SMBIOS GUID, typed in by hand"
          disabled={busy}
          onClick={() => void run(() => askDraft('source.single', { draftId }))}
        >
          Import a single computer
        </CompoundButton>
      </div>
    </>
  )
}
