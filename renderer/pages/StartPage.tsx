// Start: going on with what was interrupted comes first, then new imports, practice, and what lies behind.
import {
  Button,
  CompoundButton,
  Link,
  MessageBar,
  MessageBarBody,
  makeStyles,
  tokens
} from '@fluentui/react-components'
import {
  AddCircleRegular,
  BeakerRegular,
  BoxRegular,
  CallInboundRegular,
  HistoryRegular,
  PlayCircleRegular,
  SettingsRegular
} from '@fluentui/react-icons'
import type { Import, Snapshot } from '../../shared/contract/views.ts'
import type { Draft } from '../../shared/draft.ts'
import { Card } from '../parts/Card.tsx'
import { Drafts, draftWords, Imports, stateWords } from '../parts/SavedWork.tsx'
import { Title } from '../parts/Title.tsx'
import { usePlace } from '../placeStore.ts'
import { counted, draftName, importWords } from '../words.ts'

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', gap: '14px', width: '100%', maxWidth: '960px', margin: '0 auto' },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: '12px',
    '@media (max-width: 820px)': { gridTemplateColumns: 'minmax(0, 1fr)' }
  },
  big: {
    justifyContent: 'flex-start',
    textAlign: 'left',
    maxWidth: 'none',
    width: '100%',
    minHeight: '76px',
    overflowWrap: 'anywhere',
    '& .fui-CompoundButton__secondaryContent': { lineHeight: '20px' }
  },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  line: { margin: 0 },
  steps: { margin: 0, paddingLeft: '20px', lineHeight: tokens.lineHeightBase400 },
  about: { display: 'flex', flexWrap: 'wrap', columnGap: '20px', rowGap: '4px', alignItems: 'center', marginTop: '4px' }
})

/** An import that still wants somebody: running, halted, or with computers that need a person. */
const unfinished = (one: Import): boolean => one.state !== 'finished' || one.totals.person > 0

type Going = { readonly kind: 'import'; readonly import: Import } | { readonly kind: 'draft'; readonly draft: Draft }

/** What to go on with first: the newest unfinished import, else the newest draft. */
function firstOf({ drafts, imports }: Snapshot): Going | undefined {
  const open = imports.filter(unfinished).sort((a, b) => b.startedAt - a.startedAt)[0]
  if (open !== undefined) return { kind: 'import', import: open }
  const draft = [...drafts].sort((a, b) => b.createdAt - a.createdAt)[0]
  return draft === undefined ? undefined : { kind: 'draft', draft }
}

function GoOn({ going }: { readonly going: Going }) {
  const styles = useStyles()
  const { openImport, openDraft } = usePlace.getState()
  const words =
    going.kind === 'import'
      ? { title: going.import.source, second: `${stateWords[going.import.state]}: ${importWords(going.import)}` }
      : { title: draftName(going.draft), second: draftWords(going.draft) }
  return (
    <CompoundButton
      appearance="primary"
      size="large"
      className={styles.big}
      icon={<PlayCircleRegular />}
      secondaryContent={words.second}
      onClick={() => void (going.kind === 'import' ? openImport(going.import, 'progress') : openDraft(going.draft.id))}
    >
      Go on with {words.title}
    </CompoundButton>
  )
}

function Begin({ snapshot, quiet }: { readonly snapshot: Snapshot; readonly quiet: boolean }) {
  const styles = useStyles()
  const { begin } = usePlace.getState()
  const noKeychain = snapshot.keychain.kind === 'none'
  const fleet =
    snapshot.practiceComputers === 0 ? 'Pretend computers' : counted(snapshot.practiceComputers, 'pretend computer')
  return (
    <div className={styles.columns}>
      <CompoundButton
        appearance={quiet || noKeychain ? 'secondary' : 'primary'}
        size="large"
        className={styles.big}
        icon={<AddCircleRegular />}
        disabled={noKeychain}
        secondaryContent={
          noKeychain
            ? 'Not possible now: there is no keychain to keep passwords in.'
            : 'Take real computers over from another management solution.'
        }
        onClick={() => void begin(false)}
      >
        New import
      </CompoundButton>
      <CompoundButton
        appearance={noKeychain && !quiet ? 'primary' : 'secondary'}
        size="large"
        className={styles.big}
        icon={<BeakerRegular />}
        secondaryContent={`${fleet} on this PC, with a sample file. Every page works; nothing real is touched.`}
        onClick={() => void begin(true)}
      >
        Practise on the practice fleet
      </CompoundButton>
    </div>
  )
}

function About({ snapshot }: { readonly snapshot: Snapshot }) {
  const styles = useStyles()
  return (
    <div className={styles.about}>
      <Button appearance="subtle" icon={<HistoryRegular />} onClick={() => usePlace.getState().toAudit()}>
        Audit log
      </Button>
      <Button appearance="subtle" icon={<CallInboundRegular />} onClick={() => usePlace.getState().toOutOfBand()}>
        Out of band
      </Button>
      <Button appearance="subtle" icon={<BoxRegular />} onClick={() => usePlace.getState().toPacks()}>
        Site packs
      </Button>
      <Button appearance="subtle" icon={<SettingsRegular />} onClick={() => usePlace.getState().toSettings()}>
        Settings
      </Button>
      <span className={styles.quiet}>{snapshot.keychain.words}</span>
      <span className={styles.quiet}>
        Version {snapshot.version} · {snapshot.runtime}
      </span>
    </div>
  )
}

export function StartPage() {
  const styles = useStyles()
  const snapshot = usePlace((state) => state.snapshot)
  const savedDraft = usePlace((state) => state.place.at === 'start' && state.place.savedDraft)
  if (snapshot === null) return <Title>AMT Migration Wizard</Title>
  const going = firstOf(snapshot)
  const { drafts, imports, keychain } = snapshot
  return (
    <div className={styles.page}>
      <Title intro="Takes Intel AMT computers over from another management solution, one safe step at a time, and proves what it did.">
        AMT Migration Wizard
      </Title>
      {savedDraft && (
        <MessageBar intent="info">
          <MessageBarBody>The draft is saved as you left it. Nothing has been changed on any computer.</MessageBarBody>
        </MessageBar>
      )}
      {keychain.kind === 'none' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <strong>No keychain was found.</strong> {keychain.words} Real imports need it; the practice fleet works
            without: its secrets are kept in memory only and are gone when the window closes.
          </MessageBarBody>
        </MessageBar>
      )}
      {going !== undefined && <GoOn going={going} />}
      <Begin snapshot={snapshot} quiet={going !== undefined} />
      {drafts.length > 0 && <Drafts drafts={drafts} />}
      {imports.length > 0 && <Imports imports={[...imports].sort((a, b) => b.startedAt - a.startedAt)} />}
      {going === undefined && imports.length === 0 && <Teaching />}
      <About snapshot={snapshot} />
    </div>
  )
}

/** What an empty start page teaches. */
function Teaching() {
  const styles = useStyles()
  return (
    <Card title="How it goes">
      <ol className={styles.steps}>
        <li>Answer a few questions; the wizard says which way of migrating suits, and why.</li>
        <li>Give it a file with the computers, or type a single one. It shows every row and what is wrong with it.</li>
        <li>Choose accounts to try and what each computer shall become.</li>
        <li>Start. It proves who each computer is before it changes anything, and may be interrupted at any time.</li>
      </ol>
      <p className={styles.line}>
        New here?{' '}
        <Link onClick={() => void usePlace.getState().begin(true)}>Take the sample file and the practice fleet</Link>{' '}
        once through all pages.
      </p>
    </Card>
  )
}
