// Ready profiles to begin with: the take-over alone, Configuration Manager's own choices, and a closed computer.
import { defaultProfile, type Profile } from '../profile.ts'

export interface Preset {
  readonly id: string
  readonly title: string
  readonly about: string
  readonly profile: Profile
}

export const presets: readonly Preset[] = [
  {
    id: 'take-over',
    title: 'Take over only',
    about: 'A new admin password, names from the list, the clock. Everything else stays as it is.',
    profile: defaultProfile
  },
  {
    // "Out of Band Management Properties: AMT Settings" of Configuration Manager. Which boxes are ticked from the start is
    // recalled and not documented in the sources at hand; the page says so, and each can be changed.
    id: 'configmgr',
    title: 'As Configuration Manager does it',
    about:
      'Serial over LAN, IDE redirection, the web interface and ping answers on, AMT awake in every sleep state. These defaults are believed, not documented: check them against your site.',
    profile: {
      ...defaultProfile,
      sol: 'on',
      ider: 'on',
      listener: 'on',
      webUi: 'on',
      ping: 'on',
      power: 'always'
    }
  },
  {
    id: 'closed',
    title: 'Closed',
    about: 'Only what remote management needs: no web interface, no redirection, old users and remote access removed.',
    profile: {
      ...defaultProfile,
      sol: 'off',
      ider: 'off',
      listener: 'off',
      kvm: 'off',
      webUi: 'off',
      consent: 'all',
      users: { kind: 'replace', list: [] },
      remoteAccess: { kind: 'off' },
      environment: { kind: 'none', domains: [] }
    }
  }
]

const comparable = ({ origin: _origin, ...rest }: Profile): string => JSON.stringify(rest)

/** The preset that a profile is, to the letter; undefined once something was changed. */
export const presetOf = (profile: Profile): Preset | undefined =>
  presets.find((preset) => comparable(preset.profile) === comparable(profile))
