/* Writes down every change that a program makes to the files of one folder, in order (Linux, LD_PRELOAD).
 *
 * CUT_FOLDER is the folder, CUT_LOG the file for the records: operation, length of the name, offset, length of the
 * data, name, data; numbers are little-endian. Operations: W write, T cut to a length, S flushed, U removed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int log_file = -1;
static const char *folder = "";

struct record {
    char operation;
    uint32_t name_length;
    uint64_t offset;
    uint32_t length;
} __attribute__((packed));

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static void put(const void *data, size_t length) {
    ssize_t (*real_write)(int, const void *, size_t) = real("write");
    const char *next = data;
    while (length > 0) {
        ssize_t done = real_write(log_file, next, length);
        if (done <= 0) abort();
        next += done;
        length -= (size_t)done;
    }
}

static void note(char operation, const char *path, uint64_t offset, const void *data, size_t length) {
    size_t prefix = strlen(folder);
    if (log_file < 0 || strncmp(path, folder, prefix) != 0) return;
    const char *name = path + prefix;
    struct record one = {operation, (uint32_t)strlen(name), offset, (uint32_t)length};
    put(&one, sizeof one);
    put(name, one.name_length);
    put(data, length);
}

static void note_file(char operation, int file, uint64_t offset, const void *data, size_t length) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size <= 0) return;
    path[size] = 0;
    note(operation, path, offset, data, length);
}

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("CUT_LOG");
    folder = getenv("CUT_FOLDER");
    if (log == NULL || folder == NULL) { folder = ""; return; }
    log_file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

ssize_t pwrite(int file, const void *data, size_t length, off_t offset) {
    ssize_t (*next)(int, const void *, size_t, off_t) = real("pwrite");
    ssize_t done = next(file, data, length, offset);
    if (done > 0) note_file('W', file, (uint64_t)offset, data, (size_t)done);
    return done;
}

ssize_t pwrite64(int file, const void *data, size_t length, off64_t offset) {
    ssize_t (*next)(int, const void *, size_t, off64_t) = real("pwrite64");
    ssize_t done = next(file, data, length, offset);
    if (done > 0) note_file('W', file, (uint64_t)offset, data, (size_t)done);
    return done;
}

ssize_t write(int file, const void *data, size_t length) {
    ssize_t (*next)(int, const void *, size_t) = real("write");
    off_t offset = log_file >= 0 ? lseek(file, 0, SEEK_CUR) : -1;
    ssize_t done = next(file, data, length);
    if (done > 0 && offset >= 0 && file != log_file) note_file('W', file, (uint64_t)offset, data, (size_t)done);
    return done;
}

int ftruncate(int file, off_t length) {
    int (*next)(int, off_t) = real("ftruncate");
    int done = next(file, length);
    if (done == 0) note_file('T', file, (uint64_t)length, "", 0);
    return done;
}

int ftruncate64(int file, off64_t length) {
    int (*next)(int, off64_t) = real("ftruncate64");
    int done = next(file, length);
    if (done == 0) note_file('T', file, (uint64_t)length, "", 0);
    return done;
}

int fsync(int file) {
    int (*next)(int) = real("fsync");
    int done = next(file);
    if (done == 0) note_file('S', file, 0, "", 0);
    return done;
}

int fdatasync(int file) {
    int (*next)(int) = real("fdatasync");
    int done = next(file);
    if (done == 0) note_file('S', file, 0, "", 0);
    return done;
}

int unlink(const char *path) {
    int (*next)(const char *) = real("unlink");
    int done = next(path);
    if (done == 0) note('U', path, 0, "", 0);
    return done;
}
