// Out of band: the hello listener, and the computers that call because nobody has set them up.
import { Button, makeStyles, Radio, RadioGroup, Spinner, tokens } from '@fluentui/react-components'
import { ArrowLeftRegular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import { reopening } from '../../shared/helloWindow.ts'
import { useHello, watchHello } from '../helloStore.ts'
import { Card } from '../parts/Card.tsx'
import { Fold } from '../parts/Fold.tsx'
import { CallerTable } from '../parts/hello/CallerTable.tsx'
import { ClaimDialog } from '../parts/hello/ClaimDialog.tsx'
import { ListenerCard } from '../parts/hello/ListenerCard.tsx'
import { ProvisioningCertificateCard } from '../parts/outOfBand/ProvisioningCertificateCard.tsx'
import { PskCard } from '../parts/outOfBand/PskCard.tsx'
import { UsbKeyCard } from '../parts/outOfBand/UsbKeyCard.tsx'
import { Title } from '../parts/Title.tsx'
import { usePlace } from '../placeStore.ts'
import { number } from '../words.ts'

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  grow: { flexGrow: 1 },
  cards: { display: 'flex', flexDirection: 'column', gap: '12px' },
  list: { margin: 0, paddingLeft: '20px', lineHeight: tokens.lineHeightBase400 },
  line: { margin: 0, lineHeight: tokens.lineHeightBase300 },
  warning: { margin: 0, color: tokens.colorNeutralForeground2, maxWidth: '96ch' }
})

/** What a person does so that somebody calls. */
function Empty(props: { readonly listening: boolean; readonly practice: boolean; readonly port: number }) {
  const { listening, practice, port } = props
  const styles = useStyles()
  return (
    <Card title={listening ? 'Nobody has called yet' : 'Nobody can call while nobody listens'}>
      <ol className={styles.list}>
        {!listening && <li>Press Listen.</li>}
        {practice ? (
          <li>Twelve pretend computers call within a few seconds, then every minute.</li>
        ) : (
          <>
            <li>The firewall of this PC must let TCP port {port} in.</li>
            <li>
              Computers look for the name ProvisionServer in their own domain. Let that name in DNS lead to this PC, or
              set its address in MEBx.
            </li>
            <li>
              A computer calls while its window is open: 24 hours after AMT was enabled for the first time, 6 hours
              afterwards. Below stands what opens it anew.
            </li>
          </>
        )}
      </ol>
    </Card>
  )
}

function Reopening() {
  const styles = useStyles()
  return (
    <Fold title="How long a computer calls, and what makes it call anew">
      <p className={styles.line}>
        Every minute for 5 minutes, every 5 minutes for an hour, then every hour until its window closes. Nothing is to
        be seen of it on the computer itself.
      </p>
      <ul className={styles.list}>
        {reopening.map(({ what, opens }) => (
          <li key={what}>
            {what}: {opens}.
          </li>
        ))}
      </ul>
    </Fold>
  )
}

function Callers() {
  const styles = useStyles()
  const { read, practice, ignored, chosen } = useHello()
  const [claiming, setClaiming] = useState<readonly string[]>()
  if (read === undefined) return <Spinner size="tiny" label="Reading who called" />
  const { callers, total, listener } = read
  const guids = callers.filter(({ guid }) => chosen.has(guid)).map(({ guid }) => guid)
  const claimable = callers.filter(({ guid, job }) => chosen.has(guid) && job === null).map(({ guid }) => guid)
  const listening = listener.on && listener.practice === practice
  return (
    <>
      <div className={styles.bar}>
        <RadioGroup
          layout="horizontal"
          aria-label="Which callers"
          value={ignored ? 'ignored' : 'calling'}
          onChange={(_, { value }) => useHello.getState().show({ ignored: value === 'ignored' })}
        >
          <Radio value="calling" label={ignored ? 'Who is calling' : `Who is calling (${number(total)})`} />
          <Radio value="ignored" label={`Ignored (${number(read.ignored)})`} />
        </RadioGroup>
        <span className={styles.grow} />
        {guids.length > 0 && (
          <>
            {!ignored && (
              <Button disabled={claimable.length === 0} onClick={() => setClaiming(claimable)}>
                {`Claim ${number(claimable.length)} chosen`}
              </Button>
            )}
            <Button onClick={() => void useHello.getState().ignore(guids, !ignored)}>
              {ignored ? `Do not ignore ${number(guids.length)} chosen` : `Ignore ${number(guids.length)} chosen`}
            </Button>
          </>
        )}
      </div>
      {callers.length > 0 && <CallerTable callers={callers} onClaim={setClaiming} />}
      {callers.length < total && (
        <p className={styles.line}>
          The {number(callers.length)} that called last are shown, of {number(total)}.
        </p>
      )}
      {callers.length === 0 &&
        (ignored ? (
          <Card>Nobody is ignored.</Card>
        ) : (
          <Empty listening={listening} practice={practice} port={listener.port} />
        ))}
      {claiming !== undefined && (
        <ClaimDialog guids={claiming} practice={practice} onEnd={() => setClaiming(undefined)} />
      )}
    </>
  )
}

export function OutOfBandPage() {
  const styles = useStyles()
  const listener = useHello((state) => state.read?.listener)
  const practice = useHello((state) => state.practice)
  useEffect(() => watchHello(), [])
  return (
    <>
      <Title intro="Computers that nobody has set up call by themselves. Here the wizard listens; those of an import go on with their job, and you decide about all others.">
        Out of band
      </Title>
      <div className={styles.bar}>
        <Button icon={<ArrowLeftRegular />} onClick={() => void usePlace.getState().toStart()}>
          Start page
        </Button>
      </div>
      {/* Everything that has to be there before somebody calls, one card each. */}
      <div className={styles.cards}>
        {listener !== undefined && <ListenerCard listener={listener} />}
        <ProvisioningCertificateCard key={`certificate ${practice}`} practice={practice} />
        <PskCard key={`psk ${practice}`} practice={practice} />
        <UsbKeyCard key={`usb ${practice}`} practice={practice} />
      </div>
      <p className={styles.warning}>
        Nothing in a hello message is proved: anybody on the network can send one. Its GUID is used to find the
        computer’s row, and its address to reach it; who it really is, the device proves when it is set up.
      </p>
      <Callers />
      <Reopening />
    </>
  )
}
