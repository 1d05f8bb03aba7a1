/* Test only: preloaded, it writes down what a process does to files under one folder, or lets the disk be full. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST 4096
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *names[MOST];
static int log_fd = -1;
static long writes_left = -1; /* below zero: the disk is never full */
static long writes_done;
static const char *root;
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_open)(const char *, int, ...);

#define REAL(type, name, ...) type (*real)(__VA_ARGS__) = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void begin(void) {
    real_write = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    real_open = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    root = getenv("RECORDER_ROOT");
    const char *log = getenv("RECORDER_LOG");
    if (log) log_fd = real_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* For the test: how many writes there were; from which on the disk is full. */
long recorder_writes(void) { return writes_done; }
void recorder_full_after(long n) { writes_left = n; writes_done = 0; }

static int ours(const char *path) { return root && path && strncmp(path, root, strlen(root)) == 0; }
static const char *name_of(int fd) { return fd >= 0 && fd < MOST ? names[fd] : NULL; }

/* One record: operation, two numbers, a name, a second name or bytes. */
static void note(char what, int64_t a, int64_t b, const char *name, const void *data, uint32_t n) {
    if (log_fd < 0) return;
    uint32_t length = (uint32_t)strlen(name);
    char head[25];
    head[0] = what;
    memcpy(head + 1, &a, 8);
    memcpy(head + 9, &b, 8);
    memcpy(head + 17, &length, 4);
    memcpy(head + 21, &n, 4);
    real_write(log_fd, head, 25);
    real_write(log_fd, name, length);
    real_write(log_fd, data, n);
}

static int full(size_t n) {
    if (n == 0) return 0;
    writes_done++;
    if (writes_left < 0) return 0;
    if (writes_left == 0) return 1;
    writes_left--;
    return 0;
}

#define LOCKED pthread_mutex_lock(&lock)
#define FREE do { int kept = errno; pthread_mutex_unlock(&lock); errno = kept; } while (0)

static int opened(int fd, const char *path, int flags, int was_there) {
    if (fd < 0 || fd >= MOST) return fd;
    free(names[fd]);
    names[fd] = ours(path) ? strdup(path) : NULL;
    if (names[fd]) {
        if ((flags & O_CREAT) && !was_there) note('C', 0, 0, path, "", 0);
        note('O', fd, flags & O_TRUNC ? 1 : 0, path, "", 0);
    }
    return fd;
}

static int opens(const char *symbol, const char *path, int flags, mode_t mode) {
    REAL(int, symbol, const char *, int, ...);
    LOCKED;
    int was_there = ours(path) && access(path, F_OK) == 0;
    int fd = opened(real(path, flags, mode), path, flags, was_there);
    FREE;
    return fd;
}

#define MODE mode_t mode = 0; if (flags & O_CREAT) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *path, int flags, ...) { MODE return opens("open", path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opens("open64", path, flags, mode); }
int openat(int dir, const char *path, int flags, ...) {
    MODE
    REAL(int, "openat", int, const char *, int, ...);
    LOCKED;
    int was_there = ours(path) && access(path, F_OK) == 0;
    int fd = opened(real(dir, path, flags, mode), path, flags, was_there);
    FREE;
    return fd;
}

int close(int fd) {
    REAL(int, "close", int);
    LOCKED;
    if (fd >= 0 && fd < MOST && names[fd]) { free(names[fd]); names[fd] = NULL; }
    int result = real(fd);
    FREE;
    return result;
}

static ssize_t written(const char *symbol, int fd, const void *data, size_t n, off_t at) {
    REAL(ssize_t, symbol, int, const void *, size_t, off_t);
    LOCKED;
    ssize_t result = -1;
    if (name_of(fd) && full(n)) errno = ENOSPC;
    else result = real(fd, data, n, at);
    if (name_of(fd) && result > 0) note('W', fd, at, "", data, (uint32_t)result);
    FREE;
    return result;
}
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { return written("pwrite", fd, data, n, at); }
ssize_t pwrite64(int fd, const void *data, size_t n, off_t at) { return written("pwrite64", fd, data, n, at); }

ssize_t write(int fd, const void *data, size_t n) {
    LOCKED;
    ssize_t result = -1;
    if (fd == 1) {
        note('A', 0, 0, "", data, (uint32_t)n);
        result = real_write(fd, data, n);
    } else if (!name_of(fd)) {
        result = real_write(fd, data, n);
    } else {
        off_t at = lseek(fd, 0, SEEK_CUR);
        if (full(n)) errno = ENOSPC;
        else result = real_write(fd, data, n);
        if (result > 0) note('W', fd, at, "", data, (uint32_t)result);
    }
    FREE;
    return result;
}

static int cut(const char *symbol, int fd, off_t length) {
    REAL(int, symbol, int, off_t);
    LOCKED;
    int result = real(fd, length);
    if (result == 0 && name_of(fd)) note('T', fd, length, "", "", 0);
    FREE;
    return result;
}
int ftruncate(int fd, off_t length) { return cut("ftruncate", fd, length); }
int ftruncate64(int fd, off_t length) { return cut("ftruncate64", fd, length); }

static int synced(const char *symbol, int fd) {
    REAL(int, symbol, int);
    LOCKED;
    int result = real(fd);
    if (result == 0 && name_of(fd)) note('S', fd, 0, names[fd], "", 0);
    FREE;
    return result;
}
int fsync(int fd) { return synced("fsync", fd); }
int fdatasync(int fd) { return synced("fdatasync", fd); }

static int gone(const char *symbol, const char *path) {
    REAL(int, symbol, const char *);
    LOCKED;
    int result = real(path);
    if (result == 0 && ours(path)) note('U', 0, 0, path, "", 0);
    FREE;
    return result;
}
int unlink(const char *path) { return gone("unlink", path); }

static int moved(const char *symbol, char what, const char *from, const char *to) {
    REAL(int, symbol, const char *, const char *);
    LOCKED;
    int result = real(from, to);
    if (result == 0 && ours(to)) note(what, 0, 0, from, to, (uint32_t)strlen(to));
    FREE;
    return result;
}
int rename(const char *from, const char *to) { return moved("rename", 'R', from, to); }
int link(const char *from, const char *to) { return moved("link", 'L', from, to); }
int linkat(int a, const char *from, int b, const char *to, int flags) {
    REAL(int, "linkat", int, const char *, int, const char *, int);
    LOCKED;
    int result = real(a, from, b, to, flags);
    if (result == 0 && ours(to)) note('L', 0, 0, from, to, (uint32_t)strlen(to));
    FREE;
    return result;
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    LOCKED;
    int result = real(path, mode);
    if (result == 0 && ours(path)) note('M', 0, 0, path, "", 0);
    FREE;
    return result;
}
