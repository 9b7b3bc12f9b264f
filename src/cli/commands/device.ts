import type { Command } from 'commander';
import { devices } from '../../device/devices.ts';
import { deviceDocument, deviceListTable, deviceTables } from '../../report/device-tables.ts';
import type { Configure, Context } from '../context.ts';
import { examples } from '../examples.ts';
import { jsonOption } from '../options.ts';
import { printResult } from '../print-result.ts';
import { readDevice } from '../read-device.ts';
import { configureCharacterise } from './device-characterise.ts';
import { configureFit } from './device-fit.ts';

/** `ohmic device list|show|characterise|fit`. */
export const configureDevice: Configure = (command, context) => {
  configureList(command.command('list'), context);
  configureShow(command.command('show'), context);
  configureCharacterise(command.command('characterise'), context);
  configureFit(command.command('fit'), context);
};

function configureList(command: Command, { io }: Context): void {
  command
    .description('memory cells there are')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) =>
      printResult(io, options, { schema: 'ohmic.devices/1', devices: devices.map(deviceDocument) }, [deviceListTable(devices)]),
    );
}

function configureShow(command: Command, { io }: Context): void {
  command
    .description('every number of a cell, with its source')
    .argument('<device>', 'a name from `ohmic device list`, or a device file')
    .addOption(jsonOption())
    .addHelpText('after', examples(['ohmic device show cmo-hfox']))
    .action((name: string, options: { json?: boolean }) => {
      const device = readDevice(io.files, name, 'device show');
      printResult(
        io,
        options,
        deviceDocument(device),
        deviceTables(device).filter(({ rows }) => rows.length > 0),
      );
    });
}
