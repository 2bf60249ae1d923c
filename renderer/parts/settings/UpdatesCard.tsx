// Updates: off until an address is given; found, downloaded and installed one press after another. Or by a file.
import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  ProgressBar,
  tokens
} from '@fluentui/react-components'
import { DocumentCheckmarkRegular } from '@fluentui/react-icons'
import { useId, useState } from 'react'
import type { UpdatesView } from '../../../shared/contract/settings.ts'
import { useSettings } from '../../settingsStore.ts'
import { size } from '../../words.ts'
import { Card } from '../Card.tsx'
import { ProblemWords } from '../ProblemStrip.tsx'

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px 12px', alignItems: 'end' },
  beside: { alignItems: 'center' },
  address: { flexGrow: 1, flexBasis: '320px', minWidth: 0 },
  line: { margin: 0, overflowWrap: 'anywhere' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2, maxWidth: '96ch' }
})

/** What can be pressed next, and what is to be said about it. */
function Way({ updates, latest }: { readonly updates: UpdatesView; readonly latest: boolean }) {
  const styles = useStyles()
  const { state, found, percent, version } = updates
  const { check, fetch, install } = useSettings.getState()
  if (state === 'fetching') {
    return (
      <Field label={`Downloading version ${found?.version ?? ''}, ${percent} %`}>
        <ProgressBar value={percent} max={100} />
      </Field>
    )
  }
  if (found === null) {
    return (
      <div className={mergeClasses(styles.row, styles.beside)}>
        <Button disabled={state === 'looking'} onClick={() => void check()}>
          {state === 'looking' ? 'Looking…' : 'Look for an update now'}
        </Button>
        {latest && <p className={styles.line}>Version {version} is the newest that the server has.</p>}
      </div>
    )
  }
  return (
    <div className={mergeClasses(styles.row, styles.beside)}>
      <p className={styles.line} data-found={found.version}>
        Version {found.version} of {found.date.slice(0, 10)}, {size(found.bytes)}, signed by the publisher
        {state === 'ready' ? ', is here and whole.' : ', is there.'}
      </p>
      {state === 'ready' ? (
        <Button appearance="primary" onClick={() => void install()}>
          Install it and start anew
        </Button>
      ) : (
        <Button appearance="primary" onClick={() => void fetch()}>
          Download it
        </Button>
      )}
    </div>
  )
}

function Server({ updates, latest }: { readonly updates: UpdatesView; readonly latest: boolean }) {
  const styles = useStyles()
  const [typed, setTyped] = useState<string>()
  const hint = useId()
  const { set } = useSettings.getState()
  const { address, server } = updates
  if (server !== null) return <ProblemWords problem={server} />
  const shown = typed ?? address
  const save = async (to: string): Promise<void> => {
    await set(to)
    setTyped(undefined)
  }
  return (
    <>
      <form
        className={styles.row}
        onSubmit={(event) => {
          event.preventDefault()
          if (shown.trim() !== '') void save(shown)
        }}
      >
        <Field className={styles.address} label="Address of the update server">
          <Input
            type="url"
            value={shown}
            maxLength={500}
            placeholder="https://"
            aria-describedby={hint}
            onChange={(_, { value }) => setTyped(value)}
          />
        </Field>
        <Button type="submit" disabled={shown.trim() === '' || shown.trim() === address}>
          {address === '' ? 'Turn updates on' : 'Change'}
        </Button>
        {address !== '' && <Button onClick={() => void save('')}>Turn updates off</Button>}
      </form>
      <p id={hint} className={styles.quiet}>
        {address === ''
          ? 'Updates are off: nobody is asked. The address comes from whoever gave you this program.'
          : 'Asked at each start, and when you press the button. Nothing else is ever contacted for updates.'}
      </p>
      {address !== '' && <Way updates={updates} latest={latest} />}
    </>
  )
}

export function UpdatesCard({ updates }: { readonly updates: UpdatesView }) {
  const styles = useStyles()
  const { checked, older, latest } = useSettings()
  const { file } = useSettings.getState()
  return (
    <Card title="Updates">
      <p className={styles.line}>This is version {updates.version}.</p>
      <Server updates={updates} latest={latest} />
      {updates.files === null && (
        <>
          <p className={styles.quiet}>
            Without a server: choose the new version’s file. It is checked (signature, version, system, every byte), and
            a checked copy is put aside for you to install.
          </p>
          <div>
            <Button icon={<DocumentCheckmarkRegular />} onClick={() => void file(false)}>
              Check an update file…
            </Button>
          </div>
        </>
      )}
      {older !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody data-problem={older.code}>
            <ProblemWords problem={older} />
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => void file(true)}>Take it although it is not newer</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {checked !== null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody className={styles.line} data-checked={checked.version}>
            {checked.words}
          </MessageBarBody>
        </MessageBar>
      )}
    </Card>
  )
}
