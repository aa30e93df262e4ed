// A picture from a computer's camera. Phones have a better one behind their own button.

/**
 * @param {HTMLDialogElement} dialog
 * @param {(picture: File) => void} taken
 */
export function prepareCamera(dialog, taken) {
    const open = document.getElementById("camera");
    const video = document.getElementById("viewfinder");
    const take = document.getElementById("take");
    const problem = document.getElementById("camera-problem");
    let stream = null;
    let pictures = 0;

    function release() {
        stream?.getTracks().forEach(track => track.stop());
        stream = null;
        video.srcObject = null;
        take.disabled = true;
    }

    async function start() {
        problem.textContent = "";
        dialog.showModal();
        try {
            const opened = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1920 } } });
            if (!dialog.open) {
                opened.getTracks().forEach(track => track.stop());
                return;
            }

            // The dialog may have been closed and opened again while the browser asked.
            release();
            stream = opened;
            video.srcObject = stream;
        } catch (error) {
            problem.textContent = error.name === "NotAllowedError"
                ? "The browser does not let this page use the camera: allow it in the address bar, or choose a picture instead."
                : "No camera can be used: choose a picture instead.";
        }
    }

    // Null where the camera has no picture to give.
    async function picture() {
        const canvas = document.createElement("canvas");
        canvas.width = video.videoWidth;
        canvas.height = video.videoHeight;
        canvas.getContext("2d").drawImage(video, 0, 0);
        return await new Promise(resolve => canvas.toBlob(resolve, "image/jpeg", 0.92));
    }

    async function shoot() {
        const from = stream;
        take.disabled = true;
        problem.textContent = "";
        const blob = await picture();
        if (!dialog.open || stream !== from) {
            return;
        }

        if (blob === null) {
            problem.textContent = "The camera gave no picture: take it again.";
            take.disabled = false;
            take.focus();
            return;
        }

        pictures++;
        dialog.close();
        taken(new File([blob], `camera ${pictures}.jpg`, { type: "image/jpeg" }));
    }

    // Browsers offer it on localhost and over TLS only. On phones the style sheet hides it.
    open.hidden = !navigator.mediaDevices?.getUserMedia;
    open.addEventListener("click", start);
    video.addEventListener("loadeddata", () => {
        take.disabled = false;
        take.focus();
    });
    take.addEventListener("click", shoot);
    document.getElementById("camera-close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", release);
}
