// What each page is for, why it asks what it asks, and what to try in practice: the window's help and the field guide say the same.
import { type Page, pageTitles } from './draft.ts'

/** A question of a page, and the reason it is asked. */
export interface Why {
  readonly asks: string
  readonly because: string
}

export interface Help {
  /** What the page is for, in a few sentences. */
  readonly about: string
  readonly why: readonly Why[]
  /** What to try here with the practice fleet; a tour is these, page after page. */
  readonly practise: string
}

export type HelpPage = 'start' | Page | 'outOfBand' | 'packs' | 'audit' | 'explorer' | 'settings'

/** What each page is called. */
export const helpTitles: Readonly<Record<HelpPage, string>> = {
  ...pageTitles,
  start: 'Start',
  outOfBand: 'Out of band',
  packs: 'Site packs',
  audit: 'Audit log',
  explorer: 'A look into a device',
  settings: 'Settings'
}

/** One entry for every page of the window. */
export const help: Readonly<Record<HelpPage, Help>> = {
  start: {
    about:
      'Everything begins here: a new import, the practice fleet, and whatever was begun and is not finished. Closing the window loses nothing; the next start offers to go on.',
    why: [
      {
        asks: 'New import or practice?',
        because:
          'The practice fleet is pretend computers on this laptop with real AMT behaviour. Try a profile or a list there first: a real computer is touched only in a new import.'
      },
      {
        asks: 'Keychain unlocked?',
        because:
          'Passwords are kept in the keychain of this operating system and nowhere else. Without it no real computer is touched, because a new password could not be kept safely.'
      }
    ],
    practise: 'Choose Practise. Thirty pretend computers start on this laptop; nothing real is touched.'
  },
  strategy: {
    about:
      'There are three ways to bring computers under Configuration Manager: in-band through its client, out of band with a file from the old solution’s export utility, and out of band without one. The answers decide which one suits, for the import and for each computer.',
    why: [
      {
        asks: 'Can the client be installed, and do the computers run a supported AMT version?',
        because:
          'In-band provisioning is the more secure way, but it needs both. Versions that are not native need a WS-Management Translator.'
      },
      {
        asks: 'Can the old solution export a file?',
        because:
          'An exported file carries the passwords that are in the devices now. Without it they must be known, or be among the accounts.'
      },
      {
        asks: 'The checklist',
        because:
          'Some steps happen outside this program. Who ticked what and when is kept with the import and printed in the report.'
      }
    ],
    practise: 'Answer one or two questions and watch the verdict change. Nothing must be answered to go on.'
  },
  source: {
    about:
      'Where the computers come from: a list (CSV, TSV, Excel workbook, JSON), cells pasted from a spreadsheet, or a single computer typed in. What was recognised is shown and can be overridden.',
    why: [
      {
        asks: 'Separator, encoding, heading, sheet',
        because:
          'They were detected. When names look wrong or columns run together, choose otherwise; the file is read anew.'
      },
      {
        asks: 'Save a copy without passwords',
        because: 'The list itself is a secret as long as passwords are in it. Keep the copy, and destroy the original.'
      },
      {
        asks: 'Which addresses are searched?',
        because:
          'Only the ranges you type are asked, without any login. Search where you may: a network watches for strangers who knock at every door.'
      },
      {
        asks: 'Which files of a folder?',
        because:
          'Lists of several places can come together. Each keeps its own columns, and the same computer in two of them counts once.'
      }
    ],
    practise: 'Take the sample file. It belongs to the practice fleet, passwords and faults included.'
  },
  single: {
    about: 'One computer, typed in: its name, its GUID and, where known, its password.',
    why: [
      {
        asks: 'SMBIOS GUID',
        because:
          'It is how the right computer is told from a wrong one at the same address. The device’s own GUID must be this one before anything is written.'
      }
    ],
    practise: 'Type in one computer of the sample file.'
  },
  mapping: {
    about:
      'Which column is which. Columns are recognised by their titles in several languages, by what stands in them, and by what was chosen before.',
    why: [
      {
        asks: 'Two columns could be the same field',
        because: 'A wrong guess would change the wrong computers, so a tie is never decided silently.'
      },
      {
        asks: 'How passwords stand in the file',
        because: 'Configuration Manager’s lists hold them in Base64. Read the wrong way, every login would fail.'
      }
    ],
    practise: 'Nothing has to be chosen for the sample. Open a column to see the reason of its guess.'
  },
  preview: {
    about:
      'Every computer, every problem, before anything happens. Problems that have a repair are grouped: one press repairs all of a kind. Everything can be undone until Start.',
    why: [
      {
        asks: 'Blockers, warnings, notes',
        because:
          'A blocker keeps a computer out until it is repaired or left out. A warning is worth a look. A note only says what was done.'
      },
      {
        asks: 'Replace the list? Type the word.',
        because: 'A second list is merged by GUID. To throw the first one away must not happen by a slip.'
      },
      {
        asks: 'Change a cell, find, replace',
        because:
          'What is typed here counts for this import alone; the file stays as it is. Every change is checked at once and can be undone.'
      },
      {
        asks: 'Read the GUIDs from the devices?',
        because:
          'A list without GUIDs can be completed by asking each device. That is a login, so it needs an account and counts towards the lock-out budget.'
      }
    ],
    practise: 'Press F8 to go to the next problem, F7 for the repairs, Ctrl+Z to undo one.'
  },
  accounts: {
    about:
      'The logins that may fit, in the order they are tried. A password from the list comes first, then these accounts, from top to bottom.',
    why: [
      {
        asks: 'The order',
        because:
          'AMT locks an account after some wrong passwords. At most three logins are tried on a device in ten minutes, so the likeliest must come first.'
      },
      {
        asks: 'Why not more accounts?',
        because: 'Each one that does not fit costs every computer a try. Remove what is only a guess.'
      },
      {
        asks: 'User name and password',
        because:
          'They are logged in with as they are. The password goes into the keychain and is never shown again; type it anew to change it.'
      }
    ],
    practise: 'The accounts of the practice fleet are here. Move one with Alt+Up and Alt+Down.'
  },
  profile: {
    about:
      'What each computer shall be afterwards: passwords, names, clock, users, redirection, consent, power, TLS and certificates, networks, and what of the old manager is removed. Profiles can be named, kept and given to colleagues without their secrets.',
    why: [
      {
        asks: 'Random password per computer, or one for all?',
        because:
          'Random ones differ, so one that leaks opens one computer. They are in the keychain before they are sent. One for all is needed where another manager must know it.'
      },
      {
        asks: 'Take over in place, remove in part, or remove all?',
        because:
          'In place keeps the computer reachable. Removal hands it back for in-band provisioning, and the hello window begins anew. What each keeps and loses stands below the choice.'
      },
      {
        asks: 'Set the clock when it is off',
        because: 'Certificates and Kerberos fail on a wrong clock, with messages that never mention it.'
      },
      {
        asks: 'Password of MEBx',
        because:
          'It opens the menu at the computer itself. Firmware takes it only on some ways of being set up; elsewhere the choice is noted and left alone.'
      },
      {
        asks: 'Users and what they may do',
        because:
          'A user of the old manager keeps its rights until it is removed. A realm is a part of AMT; give each user only those that its work needs.'
      },
      {
        asks: 'Kerberos: leave it, off, or on',
        because:
          'Users of the directory log in by it. It needs a key that belongs to an object of the computer in the directory; the old manager made both. The wizard turns it on or off and never touches the key, and tells where there can be none.'
      },
      {
        asks: 'Redirection, web interface, pings and consent',
        because:
          'Each is a door into the computer. On serves support, off is safer; consent asks the person in front of it before somebody looks at the screen.'
      },
      {
        asks: 'TLS, mutual TLS and trusted roots',
        because:
          'Without TLS the network can read along. With mutual TLS a console without the right certificate is locked out, this one included, so it is proved before it counts.'
      },
      {
        asks: 'Keys of the certificates: RSA or ECC?',
        because:
          'By the firmware each computer gets what it takes: AMT 22 wants ECC P-384, firmware before 21 makes RSA only. One kind for all leaves the others out, and they are refused before anything is changed.'
      },
      {
        asks: 'Wi-Fi and 802.1X',
        because:
          'Firmware has a network of its own beside the operating system. Without its own keys it is silent where the cable or the radio asks for them.'
      },
      {
        asks: 'Remote access and environment detection',
        because:
          'Outside of the named domains AMT closes its ports and calls the server, if one is set. A wrong domain makes a computer unreachable at its own desk.'
      },
      {
        asks: 'What a computer must have',
        because:
          'Old firmware lacks some settings. What is a must stops the computer for a person; everything else is noted in the report.'
      },
      {
        asks: 'Collection',
        because:
          'It is where Configuration Manager shall find the computer. It stands in the report and in what is exported; nothing is sent there.'
      },
      {
        asks: 'Save the profile under a name',
        because:
          'The same choices can then be taken in the next import, in the terminal, or by a colleague. Secrets stay behind.'
      }
    ],
    practise: 'Leave the profile as it is the first time; come back and switch TLS on the second time.'
  },
  schedule: {
    about:
      'When it happens: at once, within change windows, or so that an export deadline is kept. The timeline shows whether it fits, with the pace that was measured here.',
    why: [
      {
        asks: 'How long hello messages are sent',
        because:
          'A computer without provisioning calls for a setup server for 24 hours after its first power, 6 hours after provisioning was removed, on some models not at all. After that somebody must restart it.'
      },
      {
        asks: 'Change windows',
        because: 'Outside of them nothing is begun. What is under way is finished.'
      },
      {
        asks: 'How long did the export take, and what waits behind it?',
        because:
          'From it the plan reckons how many computers fit before the old manager lets go of them, or before they stop calling.'
      },
      {
        asks: 'Start although it does not fit?',
        because:
          'The plan says which computers come too late. Going on is your decision, and the report says that it was one.'
      }
    ],
    practise: 'At once is right for practice. Try a deadline that cannot be kept: it says what would.'
  },
  summary: {
    about:
      'All choices on one page, and the last look before anything changes. Check reads every computer and changes nothing.',
    why: [
      {
        asks: 'Check first?',
        because:
          'It shows per computer which login fits and every setting old and new, so surprises come before Start and not after. Logins count towards the lock-out budget, as in the import.'
      },
      {
        asks: 'One first, then five, then the rest',
        because: 'A mistake in the profile then meets one computer, not five hundred.'
      }
    ],
    practise: 'Press Check, open a computer, then Start.'
  },
  progress: {
    about:
      'Each computer’s step as it happens. Computers that need a person stand on top with the one thing that helps. The window may be closed: the work goes on at the next start.',
    why: [
      {
        asks: 'Retry by cause',
        because: 'Once a cause is mended (a cable, an account), all computers that had it are tried again together.'
      },
      {
        asks: 'Trust the new certificate?',
        because:
          'The device shows another certificate than when it was confirmed. That is a repaired device, or somebody in between: only a person can tell.'
      },
      {
        asks: 'Why a reason for leaving a computer out?',
        because: 'Whoever reads the report later was not here. The reason stands there and in the audit log.'
      },
      {
        asks: 'How many at once?',
        because:
          'Many are quicker, but a network or an old manager may not like it. It can be changed while the work goes on.'
      }
    ],
    practise: 'Press “5 need you”, open one and read why. Pause and go on, or close the window and come back.'
  },
  confirmation: {
    about:
      'What was done and what was not: before and after of each setting, what can be put back with one press, the report, and the failed computers as a list that imports again.',
    why: [
      {
        asks: 'Release former passwords?',
        because:
          'Old passwords stay in the keychain until you say otherwise. Release them once you are sure that nobody needs to go back.'
      },
      {
        asks: 'For another manager',
        because:
          'Each manager reads lists in its own form. Passwords are left out unless you ask for them, because then the list is a secret.'
      },
      {
        asks: 'Passphrase of the sheet of passwords',
        because:
          'The sheet is as strong as its passphrase. It is asked for twice, since nobody can read the sheet when it is lost.'
      }
    ],
    practise: 'Save the report, put one computer back, and verify the audit log.'
  },
  outOfBand: {
    about:
      'Computers that nobody has set up call for a setup server. Here the wizard listens, shows who calls, and holds what a set-up needs: a provisioning certificate, or PIDs and PPSs.',
    why: [
      {
        asks: 'Claim or ignore?',
        because:
          'A caller is known by its UUID alone, and anybody can say a UUID. Claimed into a list it is set up only after it has proved itself over TLS.'
      },
      {
        asks: 'Address and port',
        because:
          'Computers call the name ProvisionServer of their domain on port 9971, or the address somebody typed into MEBx. This laptop must be what they find there.'
      },
      {
        asks: 'Provisioning certificate',
        because:
          'A computer lets itself be set up only by a certificate whose root it knows and whose name fits its own domain.'
      },
      {
        asks: 'USB key',
        because:
          'A computer that is started with it takes MEBx password, PID and PPS from the file, so that nobody types 40 letters. Whoever finds the key has them too.'
      },
      {
        asks: 'One-time password',
        because:
          'Where an agent on the computer has given AMT one, put it into the list: the device must name the same before it is set up by certificate. Nothing is changed on a device that names another.'
      },
      {
        asks: 'PID and PPS',
        because:
          'Old firmware proves by such a pair, typed in or read from a USB stick, that it and this laptop belong together. The PPS is a secret and stays in the keychain.'
      }
    ],
    practise: 'Start the listener: pretend computers that nobody has set up begin to call. Claim one.'
  },
  packs: {
    about:
      'A site pack carries a plan to another laptop: computers, profile, checklist and, if wanted, passwords, in one signed and locked file. What was done there comes back in a return pack and is taken in by computer.',
    why: [
      {
        asks: 'Passphrase, or the key of another installation?',
        because:
          'A passphrase has to be told some other way than the file. A key needs no telling, but the other laptop must have given its address before.'
      },
      {
        asks: 'With passwords?',
        because:
          'Without them nobody can log in over there unless they are typed again. With them the file is a secret.'
      },
      {
        asks: 'Which result shall count?',
        because:
          'Two laptops worked on the same computer and ended differently. Nothing is overwritten until a person has chosen.'
      },
      {
        asks: 'Its name in packs',
        because:
          'Colleagues see who sent a pack by this name and by the six words of its key. The name is only for people; the words are what counts.'
      }
    ],
    practise: 'Save a practice draft as a site pack, then look at what is in it.'
  },
  audit: {
    about:
      'Every decision, every intent before a change and every outcome, in order. Each entry is chained to the one before, so that a change, a gap or a missing end shows.',
    why: [
      {
        asks: 'Verify',
        because: 'It computes the chain anew. The last hash is also in each report: compare them when it matters.'
      },
      {
        asks: 'Archive before a day',
        because: 'A long log is moved into a signed file. The chain goes on behind it, and both are verified together.'
      },
      {
        asks: 'Whose entries?',
        because:
          'What another laptop did on a site pack came home with its own chain. It stands beside this log, judged by what was noted here when it came.'
      }
    ],
    practise: 'Verify the chain.'
  },
  explorer: {
    about: 'Reads one class from one device, with the login that fits, and changes nothing. Secrets are struck out.',
    why: [
      {
        asks: 'Which class?',
        because: 'The names are those of Intel’s documentation: AMT_, IPS_ and CIM_ classes that can be read.'
      }
    ],
    practise: 'Read AMT_GeneralSettings of a practice computer.'
  },
  settings: {
    about:
      'Where new versions come from, what this program keeps on this computer, and how all of it is removed. Without an address no server is ever asked for updates.',
    why: [
      {
        asks: 'Address of the update server',
        because:
          'Only this address is contacted, and only for updates. What it sends is taken only when the publisher signed it, so the server itself need not be trusted.'
      },
      {
        asks: 'Take it although it is not newer?',
        because: 'An older version brings back faults that were mended, and may be unable to open what is kept here.'
      },
      {
        asks: 'Remove everything? Type the word.',
        because:
          'The data names which keychain entry opens which computer. Without the two together nobody gets into these computers any more.'
      }
    ],
    practise: 'Look at what is kept and where. Leave updates off unless your company has a server for them.'
  }
}
