# The kubelet starts what the files say, as before.
# answer culprit: kubelet
# answer went-on: requests, restarts, scaling
# fails: api, kept, obeys, lasts, culprit, went-on
ssh control-plane systemctl restart kubelet
sleep 90
