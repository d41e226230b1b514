// Stands in for @vscode/deviceid, which would write an identity of this machine to disk.
exports.getDeviceId = async () => "00000000-0000-4000-8000-000000000000";
