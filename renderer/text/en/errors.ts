import type { errors as french } from '../fr/errors.ts';

export const errors: typeof french = {
  STORE_WRONG_KEY: {
    title: 'The key does not open this register',
    what: 'The register file and this desktop’s key do not belong together. Nothing was changed.',
    todo: 'Restore a backup made on this desktop. If that is not enough, call your support before doing anything else.',
  },
  STORE_CORRUPT: {
    title: 'The register file is damaged',
    what: 'Part of the file cannot be read, often after a power cut or a disk fault. Nothing was erased.',
    todo: 'Restore the latest backup: the damaged file is put aside, never destroyed. What ASIN received comes back with synchronisation.',
  },
  STORE_DISK_FULL: {
    title: 'The disk is full',
    what: 'There is not enough room left to save. Everything saved so far is intact.',
    todo: 'Free some room on the disk (recycle bin, downloads), then try again.',
  },
  STORE_READ_ONLY: {
    title: 'The register cannot be written',
    what: 'The register’s folder or file is read-only for your session.',
    todo: 'Ask your administrator for the right to write in this folder, then try again.',
  },
  STORE_NEWER_VERSION: {
    title: 'This register comes from a newer version',
    what: 'It was opened with a newer version of Registre. To lose nothing, this version leaves it untouched.',
    todo: 'Install the latest version of Registre on this desktop, then open it again.',
  },
  STORE_ALREADY_OPEN: {
    title: 'Registre is already open',
    what: 'Another window of Registre is using this file on this desktop.',
    todo: 'Find that window, or close it and try again here.',
  },
  STORE_IO: {
    title: 'The disk does not answer well',
    what: 'Reading or writing the register failed.',
    todo: 'Check the disk (or USB stick) and try again. If it comes back, restore a backup or call your support.',
  },
  STORE_CLOSED: {
    title: 'The register is closed',
    what: 'The register closed during the operation. What was confirmed is saved.',
    todo: 'Try again in a moment.',
  },
  STORE_ATTACHMENTS_UNSUPPORTED: {
    title: 'Attachment not accepted',
    what: 'Files are not saved together with the record.',
    todo: 'Save the record without the file.',
  },
  KEY_WRONG_PASSPHRASE: {
    title: 'Wrong passphrase',
    what: 'This passphrase does not open the register. Nothing was changed.',
    todo: 'Check capitals and keyboard layout, then try again.',
  },
  KEY_FILE_UNREADABLE: {
    title: 'The key file cannot be read',
    what: 'The small file that protects the register’s key is missing or damaged. Without it the register cannot be opened.',
    todo: 'Restore a backup. If there is none, call your support: reinstall nothing before.',
  },
  KEY_KEYCHAIN_UNAVAILABLE: {
    title: 'The system keychain does not answer',
    what: 'The system did not give back the key it was trusted with.',
    todo: 'Open the register with your passphrase.',
  },
  COMMAND_INVALID: {
    title: 'Entry refused',
    what: 'A value does not follow the register’s rules. Nothing was saved.',
    todo: 'Check the marked fields, then save again.',
  },
  COMMAND_FORBIDDEN: {
    title: 'Reserved action',
    what: 'Your role does not allow this action.',
    todo: 'Ask the fleet manager of your IT department.',
  },
  COMMAND_NOT_FOUND: {
    title: 'Record not found',
    what: 'This record is not in this desktop’s register.',
    todo: 'Go back to the list, or synchronise to receive the latest records.',
  },
  COMMAND_CONFLICT: {
    title: 'Value already taken',
    what: 'Another record already has this value, or the record changed meanwhile.',
    todo: 'Read the record again, check the serial number, then retry.',
  },
  COMMAND_NOT_ENROLLED: {
    title: 'Desktop not enrolled',
    what: 'This desktop does not belong to a ministry yet.',
    todo: 'Enrol this desktop with the code given by ASIN.',
  },
  COMMAND_CANCELLED: {
    title: 'Operation stopped',
    what: 'The operation was stopped at your request.',
    todo: 'What was already confirmed stays saved.',
  },
  PRINT_FAILED: {
    title: 'Printing did not work',
    what: 'The printer or the system did not take the paper. The paper itself is kept.',
    todo: 'Check the printer, or save the paper as a PDF.',
  },
  FILE_NOT_WRITTEN: {
    title: 'The file was not written',
    what: 'The chosen folder does not take this file, or the disk is full. The paper stays in the register.',
    todo: 'Choose another folder, or make room, then try again.',
  },
  IMPORT_UNREADABLE: {
    title: 'Unreadable file',
    what: 'This file cannot be read. Nothing was created.',
    todo: 'Check the file and choose it again.',
  },
  IMPORT_UNKNOWN_FORMAT: {
    title: 'Unknown format',
    what: 'This is neither a GLPI inventory (JSON) nor a CSV table. Nothing was created.',
    todo: 'Export the data as CSV or as a GLPI inventory.',
  },
  IMPORT_EXPIRED: {
    title: 'Preview expired',
    what: 'The preview is no longer in memory. Nothing was created.',
    todo: 'Check the files again.',
  },
  PORT_BAD_MESSAGE: {
    title: 'Request not understood',
    what: 'The window and the register did not understand each other. Nothing was changed.',
    todo: 'Try again. If it comes back, call your support.',
  },
  PORT_FORBIDDEN: {
    title: 'Request refused',
    what: 'This window may not do that. Nothing was changed.',
    todo: 'Call your support.',
  },
  PORT_CLOSED: {
    title: 'Connection to the register interrupted',
    what: 'The window lost touch with the register for a moment.',
    todo: 'The connection restores itself. Try again afterwards.',
  },
  DATA_PROCESS_DIED: {
    title: 'The register stopped several times',
    what: 'The program that keeps the register stopped repeatedly. Everything confirmed is saved.',
    todo: 'Try again. If it happens again, restore the latest backup or call your support.',
  },
  SYNC_UNREACHABLE: {
    title: 'ASIN cannot be reached',
    what: 'No network, or the server does not answer.',
    todo: 'Keep working: everything is kept on this desktop and leaves as soon as the connection is back.',
  },
  SYNC_NO_ADDRESS: {
    title: 'ASIN’s server cannot be found on this network',
    what: 'The name of the server has no address here: no Internet, or a mistake in the address.',
    todo: 'Check that this desktop has Internet. Keep working: everything is kept and leaves later.',
  },
  SYNC_CONNECTION_REFUSED: {
    title: 'ASIN’s server refuses the connection',
    what: 'The machine answers, but its service is stopped or a firewall closes it.',
    todo: 'Nothing to do here: this desktop tries again by itself. If it lasts a day, tell your support.',
  },
  SYNC_TIMEOUT: {
    title: 'The line is too slow or cut',
    what: 'The server has not answered for half a minute.',
    todo: 'Keep working. This desktop tries again by itself, with smaller parts.',
  },
  SYNC_CAPTIVE_PORTAL: {
    title: 'This network asks you to log in',
    what: 'A welcome page (Wi-Fi, hotel, operator) answers instead of ASIN.',
    todo: 'Open a browser, log in on the network’s welcome page, then come back.',
  },
  SYNC_PROXY: {
    title: 'A proxy blocks the exchange',
    what: 'The equipment between this desktop and ASIN refused the request.',
    todo: 'Show this message to the network’s administrator: ASIN’s address must be let through.',
  },
  SYNC_CERTIFICATE_UNKNOWN: {
    title: 'The identity of the server is not certain',
    what: 'Its certificate is not from an authority that this desktop knows: equipment of the network may be reading the line.',
    todo: 'Nothing was sent. Show this message to your administrator before trying again.',
  },
  SYNC_CERTIFICATE_EXPIRED: {
    title: 'The certificate of the server is not valid today',
    what: 'It has expired, or the date of this desktop is wrong.',
    todo: 'Check the date and time of this desktop. If they are right, tell ASIN.',
  },
  SYNC_CERTIFICATE_OTHER_HOST: {
    title: 'Another server answers instead of ASIN',
    what: 'Its certificate is that of another address.',
    todo: 'Nothing was sent. Check the address of the server, then tell your administrator.',
  },
  SYNC_CHECKPOINT_AHEAD: {
    title: 'The server has lost part of what it had',
    what: 'It knows less than at the last exchange: it was probably restored without saying so.',
    todo: 'Nothing is lost on this desktop. Tell ASIN: its server must open a new epoch.',
  },
  SYNC_STALE_PATCH: {
    title: 'To be sent again',
    what: 'A state has changed on the server meanwhile.',
    todo: 'Nothing to do: this desktop sends the records whole by itself.',
  },
  SYNC_BAD_ANSWER: {
    title: 'Unexpected answer from the server',
    what: 'The server answered something that makes no sense. A Wi-Fi portal or a proxy is often the cause.',
    todo: 'Open a web page to sign in to the network, then try again.',
  },
  SYNC_UNAUTHORISED: {
    title: 'This desktop is no longer recognised',
    what: 'The server refuses this desktop’s identity.',
    todo: 'Ask ASIN for a new code and enrol this desktop again. Your data stay here.',
  },
  SYNC_SERVER_TOO_OLD: {
    title: 'The server is too old',
    what: 'ASIN’s server does not have the version this desktop expects yet.',
    todo: 'Nothing to do: your data wait on this desktop. Tell ASIN if it lasts.',
  },
  SYNC_CLIENT_TOO_OLD: {
    title: 'Registre must be updated',
    what: 'The server asks for a newer version of Registre.',
    todo: 'Install the latest version. Your data wait on this desktop.',
  },
  SYNC_MUST_UPDATE: {
    title: 'Registre must be updated to receive',
    what: 'Everything that waited on this desktop has left. What other desktops do no longer arrives in this version.',
    todo: 'Install the latest version. Until then go on working: what you enter is still sent.',
  },
  SYNC_BAD_REQUEST: {
    title: 'Exchange refused',
    what: 'The server did not understand what this desktop sent.',
    todo: 'Your data stay here. Call your support if it comes back.',
  },
  SYNC_TOO_LARGE: {
    title: 'Exchange too large',
    what: 'The server refuses an exchange of this size.',
    todo: 'This desktop will try again with smaller ones.',
  },
  SYNC_TOO_MANY_REQUESTS: {
    title: 'The server is very busy',
    what: 'Many desktops are synchronising right now.',
    todo: 'Nothing to do: this desktop tries again by itself a little later.',
  },
  ENROLMENT_CODE_INVALID: {
    title: 'Code not valid',
    what: 'This code is wrong, already used or expired.',
    todo: 'Check every character, or ask for a new code.',
  },
  INTERNAL: {
    title: 'An unexpected error occurred',
    what: 'The program met a case it does not know. What was confirmed is saved.',
    todo: 'Try again. If it comes back, note what you were doing and call your support.',
  },
};
